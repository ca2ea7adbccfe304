import { neededEvidence, type Trial, type TrialOutcome } from "../domain/trials/trial.ts";

/** An outcome that follows from the counts of a trial. */
export type Decision = Extract<
  TrialOutcome,
  "promoted" | "worse" | "no_difference" | "rolled_back" | "confirmed"
>;

/** Returns the decision of a running trial; null while there is none. */
export function decisionOf({ kind, rules, tally }: Pick<Trial, "kind" | "rules" | "tally">): Decision | null {
  const needed = neededEvidence(rules);
  const isOver = tally.n >= rules.maxLabels;
  if (kind === "watch") {
    if (tally.better >= needed) return "rolled_back";
    return tally.worse >= needed || isOver ? "confirmed" : null;
  }
  if (tally.better >= needed) return "promoted";
  if (tally.worse >= needed) return "worse";
  if (!isOver) return null;
  return rules.withoutDifference === "promote" ? "promoted" : "no_difference";
}
