/** Appearances of the pages: as the reader's system says, or always one of the two. */
export const THEMES = ["system", "light", "dark"] as const;
/** An appearance of the pages. */
export type Theme = (typeof THEMES)[number];

/** Whether a value is an appearance. */
export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}
