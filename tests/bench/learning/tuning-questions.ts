import type { PairedErrors } from "./paired-errors.ts";
import { type Draw, hardDraw, type LabDrawing, ownDraws, strangersDraw } from "./tuning-draws.ts";
import type { TuningLab, TuningSettings } from "./tuning-lab.ts";

/** The training runs of one question, and the errors of their models on drawings that gave no labels. */
export interface Answer {
  rows: PairedErrors[];
  /** Without the drawings whose label is doubtful. */
  trusted: PairedErrors[];
  /** Of each training: labels, and seconds with the features in memory. */
  labels: number[];
  seconds: number[];
  /** Accuracy of the first models on MNIST test minus that of the model without tuning. */
  mnist: number[];
  trainings: { draw: Draw; seed: number }[];
}

/** Models measured on MNIST: as many more images a model as all else together, and their mean hardly moves. */
const MOST_ON_MNIST = 20;
/** Writers of the hard group. */
const HARD_WRITERS = 20;

/** The draws of each question, for one seed. */
export const QUESTIONS: Record<string, (drawings: readonly LabDrawing[], seed: number) => Draw[]> = {
  "20 of one writer": (drawings, seed) => ownDraws(drawings, 20, seed),
  "50 of one writer": (drawings, seed) => ownDraws(drawings, 50, seed),
  "100 of one writer": (drawings, seed) => ownDraws(drawings, 100, seed),
  "hard group of 20 writers": (drawings, seed) => [hardDraw(drawings, HARD_WRITERS, seed)],
  "strangers, 500": (drawings, seed) => [strangersDraw(drawings, 500, seed)],
  "strangers, 3,000": (drawings, seed) => [strangersDraw(drawings, 3_000, seed)],
};

/** Trains on every draw of a question, for every seed. @param isScreened leaves out labels that go to review. */
export async function answerQuestion(
  lab: TuningLab,
  question: string,
  drawings: readonly LabDrawing[],
  settings: TuningSettings,
  seeds: readonly number[],
  isScreened: boolean,
): Promise<Answer> {
  const answer: Answer = { rows: [], trusted: [], labels: [], seconds: [], mnist: [], trainings: [] };
  const untuned = await lab.mnist(lab.base);
  for (const seed of seeds) {
    for (const draw of QUESTIONS[question]!(drawings, seed)) {
      const labelled = draw.labelled.filter(({ isInReview }) => !(isScreened && isInReview));
      const { model, seconds } = await lab.tune(labelled, settings, seed);
      const misread = await lab.misread(model, draw.measured);
      const after = draw.measured.map((drawing, n) => ({ drawing, isMisread: misread[n]! }));
      answer.rows.push(...byWriter(after));
      answer.trusted.push(...byWriter(after.filter(({ drawing }) => !drawing.isSuspect)));
      answer.labels.push(labelled.length);
      answer.seconds.push(seconds);
      if (answer.mnist.length < MOST_ON_MNIST) answer.mnist.push((await lab.mnist(model)) - untuned);
      answer.trainings.push({ draw, seed });
    }
  }
  return answer;
}

function byWriter(measured: readonly { drawing: LabDrawing; isMisread: boolean }[]): PairedErrors[] {
  return [...Map.groupBy(measured, ({ drawing }) => drawing.writer)].map(([writer, own]) => ({
    writer,
    drawings: own.length,
    before: own.filter(({ drawing }) => drawing.isMisread).length,
    after: own.filter(({ isMisread }) => isMisread).length,
  }));
}
