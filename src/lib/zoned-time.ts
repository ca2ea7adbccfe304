const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/;

/**
 * Reads a local date and time, as a form sends it: "2026-01-02T03:00". A time that the clocks skip is the one after it,
 * one that comes twice is the first or the second.
 *
 * @param timeZone an IANA name; an unknown one counts as UTC.
 * @returns null when the text has another form, or no such day or time exists.
 */
export function zonedTime(text: string, timeZone: string): Date | null {
  const parts = FORM.exec(text)?.slice(1).map(Number);
  if (parts === undefined || Number.isNaN(Date.parse(`${text}Z`))) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  const localMs = Date.UTC(year, month - 1, day, hour, minute);
  const guessMs = localMs - offsetMs(localMs, timeZone);
  return new Date(localMs - offsetMs(guessMs, timeZone));
}

/** How far the clocks of a time zone are ahead of UTC. */
function offsetMs(atMs: number, timeZone: string): number {
  const format = formatIn(timeZone);
  const part = (type: string) =>
    Number(format.formatToParts(atMs).find((one) => one.type === type)?.value ?? 0);
  const localMs = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return localMs - Math.floor(atMs / 1000) * 1000;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const fields = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en", { ...fields, ...time, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en", { ...fields, ...time, timeZone: "UTC" });
  }
}
