import type { Clock } from "../../src/lib/clock.ts";

/** A clock that advances by 10 ms whenever it is read, so that no two times are equal. */
export function steppingClock(startMs = Date.UTC(2026, 10, 23, 14, 0, 0)): Clock {
  let timeMs = startMs;
  return {
    now() {
      timeMs += 10;
      return new Date(timeMs);
    },
  };
}
