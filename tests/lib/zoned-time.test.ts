import { expect, test } from "bun:test";
import { zonedTime } from "../../src/lib/zoned-time.ts";

test.each([
  ["2026-01-02T03:00", "UTC", "2026-01-02T03:00:00.000Z"],
  ["2026-01-02T03:00", "Asia/Tokyo", "2026-01-01T18:00:00.000Z"],
  ["2026-07-02T03:00", "Europe/Berlin", "2026-07-02T01:00:00.000Z"],
  ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T03:30", "Europe/Berlin", "2026-10-25T02:30:00.000Z"],
  ["2026-01-02T03:00", "Nowhere/At all", "2026-01-02T03:00:00.000Z"],
])("zonedTime(%j, %j) is %s", (text, zone, iso) => {
  expect(zonedTime(text, zone)?.toISOString()).toBe(iso);
});

test("zonedTime() is null for what is not a date and time", () => {
  for (const text of ["", "x", "2026-01-02", "2026-01-02T3:00"]) expect(zonedTime(text, "UTC")).toBeNull();
});
