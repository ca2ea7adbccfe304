import { InputError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";

/** Splits "key=value" at the first "=". @throws InputError when there is none. */
export function parseTag(text: string): [key: string, value: string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  const found = JSON.stringify(text.slice(0, 60));
  throw new InputError(`Expected a tag as key=value, found ${found}`, { says: saying("tagForm", { found }) });
}
