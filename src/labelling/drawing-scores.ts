import type { DrawingScores } from "../domain/queue/scores.ts";
import { entropy, leastConfidence, margin, totalVariation } from "./uncertainty.ts";

/** The answer of a model to a drawing. */
export interface ModelAnswer {
  version: number;
  /** Each class with its probability, 0..1; at least one. */
  probabilities: readonly { label: string; p: number }[];
  isNone: boolean;
}

/**
 * Returns the scores of a drawing. Of equally likely classes, the one that comes first counts as the likelier.
 * @param other answer of another version; null when there is none.
 */
export function scoresOf(
  { version, probabilities, isNone }: ModelAnswer,
  other: Omit<ModelAnswer, "isNone"> | null,
): DrawingScores {
  const [first, second] = probabilities.toSorted((a, b) => b.p - a.p);
  const values = probabilities.map(({ p }) => p);
  return {
    ...{ version, label: first!.label, p: first!.p, isNone },
    second: second === undefined ? null : { label: second.label, p: second.p },
    leastConfidence: leastConfidence(values),
    margin: margin(values),
    entropy: entropy(values),
    disagreement:
      other === null
        ? null
        : {
            with: other.version,
            value: totalVariation(byClass(probabilities), byClass(other.probabilities)),
          },
  };
}

function byClass(probabilities: ModelAnswer["probabilities"]): Map<string, number> {
  return new Map(probabilities.map(({ label, p }) => [label, p]));
}
