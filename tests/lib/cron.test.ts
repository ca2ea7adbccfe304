import { expect, test } from "bun:test";
import { cronTimes, isTimeZone } from "../../src/lib/cron.ts";
import { parseTimeRange } from "../../src/lib/time-range.ts";

const times = (expression: string, zone: string, after: string, n: number) => {
  const cron = cronTimes(expression, zone);
  const found: string[] = [];
  for (let ms: number | null = Date.parse(after); found.length < n && ms !== null; ) {
    ms = cron.next(ms);
    if (ms !== null) found.push(new Date(ms).toISOString().slice(0, 16));
  }
  return found;
};

test("cronTimes() gives the times of an expression in a time zone, after a time", () => {
  expect(times("0 3 * * *", "Asia/Tokyo", "2026-01-01T18:00:00Z", 2)).toEqual([
    "2026-01-02T18:00",
    "2026-01-03T18:00",
  ]);
  expect(times("*/20 9 * * 1-5", "UTC", "2026-01-02T09:30:00Z", 2)).toEqual([
    "2026-01-02T09:40",
    "2026-01-05T09:00",
  ]);
  expect(times("@daily", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-02T00:00"]);
});

test("cronTimes() moves a time that the clocks skip to the end of the gap, and takes one that comes twice once", () => {
  expect(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2)).toEqual([
    "2026-03-29T01:00",
    "2026-03-30T00:30",
  ]);
  expect(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T00:30",
    "2026-10-26T01:30",
  ]);
});

test("cronTimes() is null for a time that never comes, and refuses what is not an expression or a time zone", () => {
  expect(cronTimes("0 0 31 2 *", "UTC").next(0)).toBeNull();
  for (const wrong of ["", "x", "0 3 * *", "61 * * * *", "0 25 * * *"]) {
    expect(() => cronTimes(wrong, "UTC")).toThrow(RangeError);
  }
  expect(() => cronTimes("0 3 * * *", "Nowhere/At all")).toThrow('"Nowhere/At all" is not a time zone');
  expect([isTimeZone("Asia/Tokyo"), isTimeZone("UTC"), isTimeZone("x")]).toEqual([true, true, false]);
});

test("parseTimeRange() reads two different times of day", () => {
  expect(parseTimeRange("22:00-07:30")).toEqual({ from: 1_320, to: 450 });
  for (const wrong of ["", "22:00", "7:00-09:00", "22:00-22:00", "24:00-01:00"]) {
    expect(() => parseTimeRange(wrong)).toThrow(RangeError);
  }
});
