import type { GateSentence } from "../../../src/domain/gate.ts";
import { figureWords } from "../../i18n/figures.ts";
import { sayingWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** A sentence of the gate in the reader's language; in the gate's own English where it has no saying. */
export function checkWords(text: Text, { detail, says }: GateSentence): string {
  if (says === undefined) return detail;
  return sayingWords(text, "gate", says, (name, value) => figureWords(text, name, value)) ?? detail;
}
