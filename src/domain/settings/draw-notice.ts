import type { Language } from "../../lib/languages.ts";

/** Characters of the notice on the Draw page, at most. */
export const MAX_NOTICE = 1_000;

/** A notice to everyone who draws, by language; null where there is none. */
export type DrawNotice = Readonly<Record<Language, string | null>>;

/** The notice for a reader: in the own language, or else in the other one. Null when there is none. */
export function noticeFor(
  notice: DrawNotice,
  language: Language,
): { text: string; language: Language } | null {
  const other: Language = language === "en" ? "ja" : "en";
  for (const one of [language, other]) {
    const text = notice[one];
    if (text !== null) return { text, language: one };
  }
  return null;
}
