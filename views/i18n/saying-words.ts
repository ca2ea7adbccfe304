import type { Saying, Sentence } from "../../src/lib/saying.ts";
import { en, type MessageKey } from "./en.ts";
import { figureWords } from "./figures.ts";
import type { Text } from "./text.ts";

/** The kinds of sentences that come from runs and errors: each is a prefix of keys in views/i18n. */
export type SentenceKind = "failure" | "log";

/** A sentence in the reader's language; in English where there is no saying, or one of another release. */
export function sentenceWords(text: Text, kind: SentenceKind, { message, says }: Sentence): string {
  if (text.language === "en" || says === undefined) return message;
  return sayingWords(text, kind, says) ?? message;
}

/**
 * A saying in the reader's language.
 * @param valueWords words a value, by its name; values are inserted unchanged by default.
 * @returns null when there is no such text, for the sentence or for one within it, or a record of another release
 *   lacks one of its values.
 */
export function sayingWords(
  text: Text,
  prefix: string,
  { key, figures }: Saying,
  valueWords: (name: string, value: number | string) => string = (_, value) => String(value),
): string | null {
  const messageKey = `${prefix}.${key}`;
  if (!isMessage(messageKey)) return null;
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(figures)) {
    const worded =
      typeof value === "object" ? innerWords(text, prefix, value, valueWords) : valueWords(name, value);
    if (worded === null) return null;
    words[name] = worded;
  }
  const isFilled = [...en[messageKey].matchAll(/\{(\w+)\}/g)].every(([, name]) =>
    Object.hasOwn(words, name!),
  );
  return isFilled ? text.t(messageKey, words) : null;
}

/** A saying within another: of the same kind, or else one of the gate's, which logs pass on. */
function innerWords(
  text: Text,
  prefix: string,
  says: Saying,
  valueWords: (name: string, value: number | string) => string,
): string | null {
  return (
    sayingWords(text, prefix, says, valueWords) ??
    sayingWords(text, "gate", says, (name, value) => figureWords(text, name, value))
  );
}

function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
