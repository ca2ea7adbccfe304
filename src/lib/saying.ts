/**
 * An English sentence as data, so that pages can show it in other languages: its key among the texts of views/i18n,
 * after a prefix such as "failure.", and the values to fill in. A value that is a saying is a sentence within this one.
 */
export interface Saying {
  key: string;
  figures: Readonly<Record<string, number | string | Saying>>;
}

/** An English sentence, and the same as data; absent from older records, and from sentences of third parties. */
export interface Sentence {
  message: string;
  says?: Saying | undefined;
}

/** Returns the saying of a key, with the values to fill in, if it has any. */
export function saying(key: string, figures: Saying["figures"] = {}): Saying {
  return { key, figures };
}
