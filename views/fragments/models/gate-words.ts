import { type GateSentence, holdoutOf, type PairedEvidence } from "../../../src/domain/gate.ts";
import { figureWords } from "../../i18n/figures.ts";
import { sayingWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** A sentence of the gate in the reader's language; in the gate's own English where it has no saying. */
export function checkWords(text: Text, { detail, says }: GateSentence): string {
  if (says === undefined) return detail;
  return sayingWords(text, "gate", says, (name, value) => figureWords(text, name, value)) ?? detail;
}

/** The accuracies of candidate and champion on the same held-out drawings; null when they were not compared. */
export function heldOutWords(
  text: Text,
  gate: { evidence?: readonly PairedEvidence[] | undefined },
): string | null {
  const { t, number, percent } = text;
  const evidence = holdoutOf(gate);
  if (evidence === null) return null;
  const { n, candidate, other, fixed, broken } = evidence;
  return t("evidence.heldOut", {
    n: number(n),
    candidate: percent(candidate, 2),
    champion: percent(other, 2),
    fixed: number(fixed),
    broken: number(broken),
  });
}
