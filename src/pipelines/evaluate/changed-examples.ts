import type { Answer, Examples, ExamplesBySet } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { EvaluationSets, ScoredSet, Scores } from "./scores.ts";

/** Drawings of each kind that are kept, at most: held-out ones first, then pinned ones, then MNIST's. */
const MOST = 60;

type ExampleAnswer = Pick<Answer, "index" | "true" | "predicted" | "confidence">;

/** A drawing that exactly one of two models classifies correctly, with both answers. */
interface Changed {
  pixels: Uint8Array;
  candidate: ExampleAnswer;
  champion: ExampleAnswer;
}

interface ChangedInputs extends EvaluationSets {
  champion_scores: Scores;
  candidate_scores: Scores;
}

/** The drawings that the candidate fixed and broke, with the answers of both models, in the same order. */
export function changedExamples(inputs: ChangedInputs): ExamplesBySet {
  const { champion_scores: champion, candidate_scores: candidate, classes } = inputs;
  const sets: [ImageSet | undefined, ScoredSet | null, ScoredSet | null][] = [
    [inputs.app_holdout, candidate.holdout, champion.holdout],
    [inputs.pinned, candidate.pinned, champion.pinned],
    [inputs.test, candidate.test, champion.test],
  ];
  const examples: ExamplesBySet = {};
  for (const kind of ["fixed", "broken"] as const) {
    const changed = sets
      .flatMap(([set, after, before]) =>
        set === undefined || after === null || before === null ? [] : changes(set, after, before, kind),
      )
      .slice(0, MOST);
    if (changed.length === 0) continue;
    const { rows, cols } = inputs.test;
    examples[kind] = examplesOf(changed, "candidate", { rows, cols, classes });
    examples[`champion_${kind}`] = examplesOf(changed, "champion", { rows, cols, classes });
  }
  return examples;
}

function changes(set: ImageSet, after: ScoredSet, before: ScoredSet, kind: "fixed" | "broken"): Changed[] {
  const pixels = set.rows * set.cols;
  const found: Changed[] = [];
  for (let i = 0; i < set.labels.length && found.length < MOST; i++) {
    const label = set.labels[i]!;
    const [isRight, wasRight] = [after.predicted[i] === label, before.predicted[i] === label];
    if (isRight === wasRight || isRight !== (kind === "fixed")) continue;
    const answer = ({ predicted, confidence }: ScoredSet): ExampleAnswer => ({
      ...{ index: i, true: label, predicted: predicted[i]! },
      confidence: confidence[i]!,
    });
    found.push({
      pixels: set.images.subarray(i * pixels, (i + 1) * pixels),
      candidate: answer(after),
      champion: answer(before),
    });
  }
  return found;
}

function examplesOf(
  changed: readonly Changed[],
  whose: "candidate" | "champion",
  { rows, cols, classes }: Pick<Examples, "rows" | "cols" | "classes">,
): Examples {
  const images = new Uint8Array(changed.length * rows * cols);
  changed.forEach(({ pixels }, i) => {
    images.set(pixels, i * rows * cols);
  });
  return { rows, cols, classes, answers: changed.map((one) => one[whose]), images };
}
