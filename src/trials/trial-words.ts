import { neededEvidence, type Trial } from "../domain/trials/trial.ts";
import { type Sentence, saying } from "../lib/saying.ts";
import type { Decision } from "./decide.ts";

/** Beyond it, the odds are not worth a number. */
const MAX_ODDS = 1e12;

/**
 * "Fewer than 1 in … trials of two equally good models would get here", as a number with separators.
 * @param evidence log₁₀ of an e-value.
 */
export function oddsOf(evidence: number): string {
  return Math.floor(Math.min(MAX_ODDS, Math.max(1, 10 ** evidence))).toLocaleString("en-US");
}

/** A decision of a trial that did not move the champion, because promotion is manual. */
export function adviceWords(trial: Trial, decision: Decision): Required<Sentence> {
  const { message, says } = decisionWords(trial, decision === "rolled_back" ? "worse_champion" : decision);
  return {
    message: `${message}. Nothing was changed, because promotion is manual`,
    says: saying("advised", { reason: says! }),
  };
}

/** Why a trial has ended in this decision, with its figures. */
export function decisionWords(
  { kind, champion, other, tally, rules }: Trial,
  decision: Decision | "worse_champion",
): Required<Sentence> {
  const { n, championOnly, otherOnly, better, worse } = tally;
  const [live, tried] = [`model ${champion ?? "?"}`, `model ${other}`];
  const figures = { n, championOnly, otherOnly, champion: champion ?? "?", other };
  const counts = `of ${n} labelled drawings, ${otherOnly} were classified correctly only by ${tried} and ${championOnly} only by ${live}`;
  const odds = (evidence: number) =>
    `Were both equally good, fewer than 1 in ${oddsOf(evidence)} trials would show this`;
  if (decision === "rolled_back") {
    return {
      message: `Model ${champion} was rolled back to ${tried}: ${counts}. ${odds(better)}`,
      says: saying("rolledBack", { ...figures, odds: oddsOf(better) }),
    };
  }
  if (decision === "worse_champion") {
    return {
      message: `Model ${champion} is worse than the previous ${tried}: ${counts}. ${odds(better)}`,
      says: saying("worseChampion", { ...figures, odds: oddsOf(better) }),
    };
  }
  // Evidence counts first: the labels may have run out in the same turn.
  if (decision === "promoted" && better < neededEvidence(rules)) {
    return {
      message: `No difference after ${n} labels, and server.yml promotes then: ${counts}`,
      says: saying("promotedUndecided", figures),
    };
  }
  if (decision === "promoted") {
    return {
      message: `Model ${other} is better than ${live}: ${counts}. ${odds(better)}`,
      says: saying("better", { ...figures, odds: oddsOf(better) }),
    };
  }
  if (decision === "worse") {
    return {
      message: `Model ${other} is worse than ${live}: ${counts}. ${odds(worse)}`,
      says: saying("worse", { ...figures, odds: oddsOf(worse) }),
    };
  }
  if (decision === "confirmed" && worse >= neededEvidence(rules)) {
    return {
      message: `Model ${champion} is better than the previous ${tried}: ${counts}. ${odds(worse)}`,
      says: saying("confirmedBetter", { ...figures, odds: oddsOf(worse) }),
    };
  }
  const stays = kind === "watch" ? "is not shown to be worse" : "stays the champion";
  return {
    message: `No difference after ${n} labels: model ${champion} ${stays}. ${counts[0]!.toUpperCase()}${counts.slice(1)}`,
    says: saying(kind === "watch" ? "confirmed" : "noDifference", figures),
  };
}
