import type { Sentence } from "../../../src/lib/saying.ts";
import { sayingWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** The reason of a decision, with its times in the reader's time zone; in English where it has no saying. */
export function tickWords(text: Text, { message, says }: Sentence): string {
  if (says === undefined) return message;
  return sayingWords(text, "tick", says, (name, value) => valueWords(text, name, value)) ?? message;
}

function valueWords(text: Text, name: string, value: number | string): string {
  if (name === "time") return text.dateTime(String(value));
  // As in the English sentence: "90000 s".
  if (name === "age" || name === "limit") return text.duration(Number.parseFloat(String(value)) * 1000);
  return String(value);
}
