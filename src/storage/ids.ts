import type { Clock } from "../lib/clock.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text has the form of an id that `nextId` gives. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** The milliseconds in the first 48 bits of a UUIDv7. */
function timestampOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * The next UUIDv7 after `floor`: the clock's time when that is later, else a little after `floor`, so that
 * ids keep the order of creation when the clock is set back.
 *
 * @param floor the greatest id so far (of the form that `isId` accepts), or null for the first.
 * @returns an id that is greater than `floor` as text.
 */
export function nextId(clock: Clock, floor: string | null): string {
  const now = clock.now().getTime();
  if (floor === null) return Bun.randomUUIDv7("hex", now);
  const last = timestampOf(floor);
  const id = Bun.randomUUIDv7("hex", Math.max(now, last));
  return id > floor ? id : Bun.randomUUIDv7("hex", last + 1);
}
