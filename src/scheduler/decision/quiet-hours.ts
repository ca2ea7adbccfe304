import { parseTimeRange } from "../../lib/time-range.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Steps while looking for the end of quiet hours; no time zone has changed its clocks by less. */
const STEP_MINUTES = 30;
/** Two days: longer than any night with a change of the clocks. */
const MAX_STEPS = 2 * (DAY_MINUTES / STEP_MINUTES) + 2;

/** The hours in which no run starts automatically, by the clock on the wall of a time zone. */
export interface QuietHours {
  /** As in server.yml, with the time zone: "22:00-07:00 Asia/Tokyo". */
  text: string;
  isQuiet(atMs: number): boolean;
  /** The first minute after the quiet hours that contain `atMs`; `atMs` itself when it is not quiet. */
  end(atMs: number): number;
}

/**
 * Reads "HH:MM-HH:MM": from the first minute to before the last; across midnight when the first is later.
 * An hour that the clocks repeat is quiet both times, one that they skip never comes.
 *
 * @param timeZone an IANA name.
 * @throws RangeError when the text has another form.
 */
export function quietHours(text: string, timeZone: string): QuietHours {
  const { from, to } = parseTimeRange(text);
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone,
  });
  const minutesAt = (ms: number) => {
    const [hour, minute] = format.format(ms).split(":").map(Number);
    return hour! * 60 + minute!;
  };
  const isQuiet = (ms: number) => {
    const minutes = minutesAt(ms);
    return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  };
  return {
    text: `${text} ${timeZone}`,
    isQuiet,
    end(atMs) {
      if (!isQuiet(atMs)) return atMs;
      let quietMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
      for (let step = 0; step < MAX_STEPS; step++) {
        const left = (to - minutesAt(quietMs) + DAY_MINUTES) % DAY_MINUTES;
        const nextMs = quietMs + Math.max(1, Math.min(left, STEP_MINUTES)) * MINUTE_MS;
        if (!isQuiet(nextMs)) return firstAfter(quietMs, nextMs, isQuiet);
        quietMs = nextMs;
      }
      return quietMs;
    },
  };
}

/** The first minute that is not quiet. @param quietMs is quiet. @param freeMs is not. */
function firstAfter(quietMs: number, freeMs: number, isQuiet: (ms: number) => boolean): number {
  let [low, high] = [quietMs / MINUTE_MS, freeMs / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isQuiet(middle * MINUTE_MS)) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}
