import { InputError } from "../lib/errors.ts";
import { type Saying, saying } from "../lib/saying.ts";

/** Characters that a message repeats of what was found. */
const FOUND = 40;

/** The error of a field whose value is none of the known ones. */
export function notOneOf(name: string, known: readonly string[], found: string | undefined): InputError {
  const figures = { name, known: known.join(", "), found: (found ?? "").slice(0, FOUND) };
  return new InputError(`${name}: expected one of ${figures.known}, found "${figures.found}"`, {
    says: saying("request.oneOf", figures),
  });
}

/** The error of a string that is too long. */
export function tooLong(name: string, max: number, found: number): InputError {
  return new InputError(`${name}: expected at most ${max} characters, found ${found}`, {
    says: saying("request.atMost", { name, max, found }),
  });
}

/** The error of a field of another form. @param expected in English, and @param key of its text. */
export function notAs(name: string, expected: string, key: string, found: string): InputError {
  const figures: Saying["figures"] = { name, found: found.slice(0, FOUND) };
  return new InputError(`${name}: expected ${expected}, found "${figures.found}"`, {
    says: saying(`request.${key}`, figures),
  });
}
