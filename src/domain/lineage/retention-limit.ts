const DAY_MS = 86_400_000;

/**
 * The time before which drawings are deleted: the start of the day (UTC), so many days ago. So each drawing is kept for at
 * least the number of days and at most a day longer, and the database is rewritten once a day.
 */
export function retentionLimit(now: Date, days: number): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - days * DAY_MS);
}
