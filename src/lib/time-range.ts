const FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** A part of the day: from the minute `from` to before the minute `to`; across midnight when `from` is later. */
export interface TimeRange {
  /** Minutes after midnight, 0 to 1,439. */
  from: number;
  to: number;
}

/** Reads "HH:MM-HH:MM". @throws RangeError when the text has another form, or both times are equal. */
export function parseTimeRange(text: string): TimeRange {
  const [, ...parts] = FORM.exec(text) ?? [];
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.map(Number);
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  if (parts.length > 0 && from !== to) return { from, to };
  throw new RangeError(`must be two different times of day, such as "22:00-07:00", found "${text}"`);
}
