import type { Clock } from "../lib/clock.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the string has the form of an id from `nextId`. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** Returns the Unix time in milliseconds in the first 48 bits of a UUIDv7. */
function timestampOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Returns the ISO time of an id from `nextId`; the Unix epoch for one of another form. */
export function timeOfId(id: string): string {
  return new Date(isId(id) ? timestampOf(id) : 0).toISOString();
}

/**
 * Returns the next UUIDv7 after `floor`, with the clock's time if that is later, otherwise just after `floor`, so that
 * ids keep the order of creation when the clock is set back.
 *
 * @param floor the greatest id so far (of the form that `isId` accepts), or null for the first.
 * @returns an id that is greater than `floor` when compared as a string.
 */
export function nextId(clock: Clock, floor: string | null): string {
  const now = clock.now().getTime();
  if (floor === null) return Bun.randomUUIDv7("hex", now);
  const last = timestampOf(floor);
  const id = Bun.randomUUIDv7("hex", Math.max(now, last));
  return id > floor ? id : Bun.randomUUIDv7("hex", last + 1);
}
