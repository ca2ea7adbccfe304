import { expect, test } from "bun:test";
import fc from "fast-check";
import { quietHours } from "../../../src/scheduler/decision/quiet-hours.ts";

const at = (iso: string) => Date.parse(iso);
const end = (text: string, zone: string, iso: string) =>
  new Date(quietHours(text, zone).end(at(iso))).toISOString().replace(":00.000", "");

test.each([
  ["22:00-07:00", "UTC", "2026-01-02T21:59:59Z", false],
  ["22:00-07:00", "UTC", "2026-01-02T22:00:00Z", true],
  ["22:00-07:00", "UTC", "2026-01-03T06:59:59Z", true],
  ["22:00-07:00", "UTC", "2026-01-03T07:00:00Z", false],
  ["09:00-17:30", "UTC", "2026-01-03T17:29:00Z", true],
  ["09:00-17:30", "UTC", "2026-01-03T08:59:00Z", false],
  ["22:00-07:00", "Asia/Tokyo", "2026-01-02T13:00:00Z", true],
  ["22:00-07:00", "Asia/Tokyo", "2026-01-02T22:00:00Z", false],
])("quietHours(%j, %j) at %s: %p", (text, zone, iso, isQuiet) => {
  expect(quietHours(text, zone).isQuiet(at(iso))).toBe(isQuiet);
});

test("end() is the first minute after the quiet hours, across midnight and at once when it is not quiet", () => {
  expect(end("22:00-07:00", "UTC", "2026-01-02T23:10:20Z")).toBe("2026-01-03T07:00Z");
  expect(end("22:00-21:50", "UTC", "2026-01-02T23:10:00Z")).toBe("2026-01-03T21:50Z");
  expect(end("22:00-07:00", "UTC", "2026-01-02T12:00:00Z")).toBe("2026-01-02T12:00Z");
});

test("end() is by the clock on the wall in the nights in which the clocks change", () => {
  // Berlin: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
  expect(end("22:00-07:00", "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00Z");
  expect(end("22:00-07:00", "Europe/Berlin", "2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00Z");
  // 02:30 does not exist: they end when the clock shows 03:00.
  expect(end("22:00-02:30", "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T01:00Z");
  // 02:30 comes twice: they end at the first, and the second half hour from 02:00 is quiet again.
  expect(end("22:00-02:30", "Europe/Berlin", "2026-10-24T22:00:00Z")).toBe("2026-10-25T00:30Z");
  expect(end("22:00-02:30", "Europe/Berlin", "2026-10-25T01:10:00Z")).toBe("2026-10-25T01:30Z");
});

test("end() is the first minute that is not quiet, for any quiet hours of at least an hour's break", () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
  );
  const text = (m: number) =>
    `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
  fc.assert(
    fc.property(
      minute,
      fc.integer({ min: 1, max: 1_310 }),
      zone,
      fc.integer({ min: 0, max: 366 * 1_440 }),
      (from, length, timeZone, offset) => {
        const hours = quietHours(`${text(from)}-${text((from + length) % 1_440)}`, timeZone);
        const atMs = Date.UTC(2026, 0, 1) + offset * 60_000;
        const endMs = hours.end(atMs);
        expect(hours.isQuiet(endMs)).toBe(false);
        expect(endMs === atMs || hours.isQuiet(endMs - 60_000)).toBe(true);
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});

test.each(["22:00", "22:00-22:00", "24:00-07:00", "7:00-9:00", "22:00-07:60"])(
  "quietHours() refuses %j",
  (text) => {
    expect(() => quietHours(text, "UTC")).toThrow(RangeError);
  },
);
