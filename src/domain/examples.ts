/** A model's prediction for one labelled image. */
export interface Answer {
  /** The image's position in its set, from 0. */
  index: number;
  /** Index of the true class. */
  true: number;
  /** Index of the predicted class. */
  predicted: number;
  /** 0..1: the softmax of the predicted class. */
  confidence: number;
  /** −log of the softmax of the true class, nats. */
  loss: number;
}

/** A prediction that is stored with its image. Classes by index, confidence 0..1. */
type ExampleAnswer = Pick<Answer, "index" | "true" | "predicted" | "confidence">;

/** Some of a model's predictions with their images: its worst mistakes, and a few of each confusion matrix cell. */
export interface Examples {
  rows: number;
  cols: number;
  classes: readonly string[];
  /** Mistakes first, the most confident first; then correct predictions, the least confident first. */
  answers: ExampleAnswer[];
  /** uint8 [answers, rows, cols], ink 255 on 0. */
  images: Uint8Array;
}

/** The sets of drawings that exactly one of candidate and champion classifies correctly; `champion_` has its answers. */
export const CHANGED_SETS = ["fixed", "broken"] as const;
/** One of these sets. */
export type ChangedSet = (typeof CHANGED_SETS)[number];

/** Whether a set of examples is one of these, of either model. */
export function isOfChanged(set: string): boolean {
  return CHANGED_SETS.some((kind) => set === kind || set === `champion_${kind}`);
}

/** Examples by the name of the image set, like the evaluations in metrics. */
export type ExamplesBySet = Record<string, Examples>;
