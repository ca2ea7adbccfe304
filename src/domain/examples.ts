/** One answer of a classifier about a labelled image. */
export interface Answer {
  /** The image's place in its set, from 0. */
  index: number;
  /** Classes by their index. */
  true: number;
  predicted: number;
  /** 0..1: the softmax of the predicted class. */
  confidence: number;
  /** −log of the softmax of the true class, nats. */
  loss: number;
}

/** One answer that is kept with its image. Classes by their index, confidence 0..1. */
export type ExampleAnswer = Pick<Answer, "index" | "true" | "predicted" | "confidence">;

/** Some of a model's answers with the images: its worst mistakes, and a few of each cell of the confusion matrix. */
export interface Examples {
  rows: number;
  cols: number;
  classes: readonly string[];
  /** Mistakes first, the most confident before the others; then right answers, the least confident first. */
  answers: ExampleAnswer[];
  /** uint8 [answers, rows, cols], ink 255 on 0. */
  images: Uint8Array;
}

/** By the name of the image set, as the reports of the same metrics. */
export type ExamplesBySet = Record<string, Examples>;
