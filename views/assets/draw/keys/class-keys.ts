import { isKatakana, romajiOf } from "./romaji.ts";

/**
 * The keys that give each class its label. None begins with another's, so the last key of a class decides.
 *
 * A character that keyboards have is its own key. Kana have their romaji; where both are classes, katakana in capitals.
 * All others have numbers of equal length, in the order of the classes: 01, 02, … Romaji are left out where letters are
 * keys of other classes or begin their names, and numbers where digits are: such a class has no keys, and the
 * field that finds labels remains.
 *
 * @returns by class; a class without keys is missing.
 */
export function classKeys(classes: readonly string[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const name of classes) if (/^[!-~]$/.test(name)) keys.set(name, name);
  if (!classes.some((name) => /^[A-Za-z-]/.test(name))) addRomaji(classes, keys);
  const others = classes.filter((name) => !keys.has(name));
  if (classes.some((name) => /^[0-9]/.test(name))) return keys;
  const digits = Math.max(2, String(others.length).length);
  for (const [i, name] of others.entries()) keys.set(name, String(i + 1).padStart(digits, "0"));
  return keys;
}

/** Kana that share their romaji, such as ず and づ in some tables, get no romaji beyond the first. */
function addRomaji(classes: readonly string[], keys: Map<string, string>): void {
  const hasBoth =
    classes.some(isKatakana) && classes.some((name) => romajiOf(name) !== null && !isKatakana(name));
  const taken = new Set<string>();
  for (const name of classes) {
    const romaji = romajiOf(name);
    if (romaji === null) continue;
    const typed = hasBoth && isKatakana(name) ? romaji.toUpperCase() : romaji;
    if (taken.has(typed)) continue;
    taken.add(typed);
    keys.set(name, typed);
  }
}

/** The classes whose keys begin with those typed so far. */
export function classesFor(typed: string, keys: ReadonlyMap<string, string>): string[] {
  return typed === "" ? [] : [...keys].flatMap(([name, code]) => (code.startsWith(typed) ? [name] : []));
}
