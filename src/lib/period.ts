/** A period of time: from `from`, before `to`; both ISO 8601, UTC, to the millisecond. */
export interface Period {
  from: string;
  to: string;
}

/**
 * Reads a day ("2026-11-28", as it is in the time zone) or a time ("2026-11-28T14:00:00Z", with "Z" or an offset).
 * @returns the day, or the millisecond at that time; null for anything else, and for times outside the years 1 to 9999.
 */
export function parsePeriod(text: string, timeZone: string): Period | null {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const day = Temporal.PlainDate.from(text).toZonedDateTime(timeZone);
      return period(day.toInstant(), day.add({ days: 1 }).toInstant());
    }
    if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || text.length > MAX_TIME) return null;
    const time = Temporal.Instant.from(text);
    return period(time, time.add({ milliseconds: 1 }));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** In characters: nanoseconds and an offset. */
const MAX_TIME = 40;

function period(start: Temporal.Instant, end: Temporal.Instant): Period | null {
  const [from = "", to = ""] = [start, end].map((time) => time.toString({ fractionalSecondDigits: 3 }));
  return /^\d/.test(from) && /^\d/.test(to) ? { from, to } : null;
}
