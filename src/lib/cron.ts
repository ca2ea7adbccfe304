import { Cron } from "croner";
import { messageOf } from "./errors.ts";

/** The times of a cron expression. */
export interface CronTimes {
  /** The first time after `afterMs` (Unix time, ms); null when there is none. */
  next(afterMs: number): number | null;
}

/**
 * Reads a cron expression of five fields, six (seconds first) or seven (years last), or a word such as `@daily`.
 * Where the clocks change, a fixed time that they skip is moved to the end of the gap, and one that comes twice counts
 * once; hourly and shorter intervals follow elapsed time.
 *
 * @param timeZone an IANA name.
 * @throws RangeError naming what is wrong.
 */
export function cronTimes(expression: string, timeZone: string): CronTimes {
  if (!isTimeZone(timeZone)) throw new RangeError(`"${timeZone}" is not a time zone, such as Asia/Tokyo`);
  let cron: Cron;
  try {
    cron = new Cron(expression, { timezone: timeZone, paused: true });
  } catch (error) {
    throw new RangeError(`must be a cron expression, such as "0 3 * * *": ${messageOf(error)}`, {
      cause: error,
    });
  }
  // The scheduler looks at the same time again and again, until it has come.
  let last: { afterMs: number; nextMs: number | null } | null = null;
  return {
    next(afterMs) {
      if (last?.afterMs !== afterMs) {
        last = { afterMs, nextMs: cron.nextRun(new Date(afterMs))?.getTime() ?? null };
      }
      return last.nextMs;
    },
  };
}

/** Whether the name is that of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
