import type { Language } from "../../src/lib/languages.ts";
import { en, type Messages } from "./en.ts";
import { ja } from "./ja.ts";
import { type Text, textFrom } from "./text-from.ts";

export type { Text };

/** The name of each language in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ja: "日本語" };

const DICTIONARIES: Readonly<Record<Language, Messages>> = { en, ja };

/** Texts in a language. @param timeZone an IANA name; an unknown one counts as UTC. */
export function textIn(language: Language, timeZone = "UTC"): Text {
  return textFrom(DICTIONARIES[language], language, timeZone);
}
