import type { Role } from "./role.ts";

/** A person with a password. */
export interface Account {
  readonly id: number;
  /** Unique, whatever its case: see `accountKey`. */
  readonly name: string;
  readonly role: Role;
  /** Whether the person has chosen a password; until then, nobody can log in. */
  readonly hasPassword: boolean;
  /** ISO 8601, UTC, as all times here. */
  readonly createdAt: string;
  /** Nobody can log in from then on, and its tokens do not work. */
  readonly disabledAt: string | null;
  readonly lastLogInAt: string | null;
}

/** Greatest length of a name of an account, a guest, a token or an invitation, in characters. */
export const MAX_NAME = 60;

/** Returns a name as it is stored: without spaces at its ends, in one of the forms in which Unicode writes it. */
export function cleanName(name: string): string {
  return name.normalize("NFC").trim();
}

/** Letters and symbols that look like nothing: fillers of Hangul, and an empty pattern of Braille. */
const BLANK = /[\u115f\u1160\u3164\uffa0\u2800]/u;

/** Returns the fault of a clean name; null when it has none. */
export function nameProblem(name: string): "empty" | "long" | "characters" | null {
  if (name === "") return "empty";
  if ([...name].length > MAX_NAME) return "long";
  // Format characters can make two names look alike, and a line break would make two lines of one in a log.
  return BLANK.test(name) || /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(name) ? "characters" : null;
}

/** Returns the key under which a name is unique: "Ann" and "ann" and full-width "ａｎｎ" are one. */
export function nameKey(name: string): string {
  return cleanName(name).normalize("NFKC").toLowerCase();
}
