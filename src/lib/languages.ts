/** The languages of pages and reports. */
export const LANGUAGES = ["en", "ja"] as const;
/** A language of pages and reports. */
export type Language = (typeof LANGUAGES)[number];

/** Whether a value is a language of the pages. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}
