import { InputError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { CHAMPION } from "./deployment.ts";

/** The alias of the version that is tried out on live drawings. @public */
export const CHALLENGER = "challenger";
/** The alias of the model that is built into the executable. */
export const BASE = "base";

/** Aliases that only the program moves: by promotion, by a trial, and by a new release. */
const RESERVED: readonly string[] = [CHAMPION, CHALLENGER, BASE];

const NAME = /^[a-z][a-z0-9_.-]{0,39}$/;

/**
 * Checks an alias that a person chooses: a letter, then up to 39 letters, digits, "_", "." or "-", all lower case. A
 * version number is thus never an alias.
 * @throws InputError for another name, and for one that only the program moves.
 */
export function requireOwnAlias(alias: string): void {
  if (RESERVED.includes(alias)) {
    throw new InputError(`The alias "${alias}" is reserved. Choose another name`, {
      says: saying("reservedAlias", { alias }),
    });
  }
  if (NAME.test(alias)) return;
  const found = JSON.stringify(alias.slice(0, 60));
  throw new InputError(
    `An alias is a lower-case letter, then up to 39 lower-case letters, digits, "_", "." or "-"; found ${found}`,
    { says: saying("aliasName", { found }) },
  );
}
