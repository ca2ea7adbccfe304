import { expect, test } from "bun:test";
import { parsePeriod } from "../../src/lib/period.ts";

test("parsePeriod() reads a day as it is in the time zone, also when clocks change", () => {
  expect(parsePeriod("2026-11-28", "UTC")).toEqual({
    from: "2026-11-28T00:00:00.000Z",
    to: "2026-11-29T00:00:00.000Z",
  });
  expect(parsePeriod("2026-11-28", "Asia/Tokyo")).toEqual({
    from: "2026-11-27T15:00:00.000Z",
    to: "2026-11-28T15:00:00.000Z",
  });
  // 23 hours.
  expect(parsePeriod("2026-03-29", "Europe/Berlin")).toEqual({
    from: "2026-03-28T23:00:00.000Z",
    to: "2026-03-29T22:00:00.000Z",
  });
});

test("parsePeriod() reads a time as the millisecond at it", () => {
  expect(parsePeriod("2026-11-28T14:00:00+09:00", "UTC")).toEqual({
    from: "2026-11-28T05:00:00.000Z",
    to: "2026-11-28T05:00:00.001Z",
  });
});

test.each([
  "",
  "yesterday",
  "2026-02-30",
  "2026-13-01",
  "2026-11-28T14:00",
  "2026-11-28 14:00:00Z",
  "-000001-01-01",
])("parsePeriod() is null for %p", (text) => {
  expect(parsePeriod(text, "UTC")).toBeNull();
});

test("parsePeriod() is null for a zone that does not exist", () => {
  expect(parsePeriod("2026-11-28", "Nowhere/At all")).toBeNull();
});
