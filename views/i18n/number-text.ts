const FORMATS = new Map<string, Intl.NumberFormat>();

/** A number with so many decimal places. The format is made once per language: making one takes 100 times as long as using it. */
export function numberText(value: number, language: string, digits: number): string {
  const key = `${language} ${digits}`;
  let format = FORMATS.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    FORMATS.set(key, format);
  }
  return format.format(value);
}
