import type { AnswerPairs } from "./kappa.ts";
import type { Opinion } from "./opinion.ts";

/** Answers of two labellers to the same drawings. */
export interface LabellerPairs {
  /** In the order of their names. */
  labellers: readonly [string, string];
  /** `first` of the first of them. Answers as `answerKey`. */
  pairs: AnswerPairs[];
}

/** A known answer that has been answered otherwise. */
export interface ContestedKnown {
  sampleId: string;
  /** The label it has. */
  label: string;
  /** Labellers who have answered it, and those whose newest answer was something else. */
  asked: number;
  otherwise: number;
}

/** Everything that is counted about agreement. */
export interface AgreementCounts {
  /** Second opinions, and the drawings that have any. */
  opinions: number;
  drawings: number;
  /** The label of each drawing, as the first second opinion found it, with that opinion. Answers as `answerKey`. */
  firstPairs: AnswerPairs[];
  /** Those who have answered most drawings in common, at most 20. */
  byLabellers: LabellerPairs[];
  /** Pairs of labellers with drawings in common that are not listed. */
  moreLabellers: number;
  /** Samples whose label is known. */
  knownPool: number;
  /** Those answered otherwise most, at most 10. */
  contested: ContestedKnown[];
}

/** Counts of a labeller. The first answer to each question counts for `right` and `equal`, also one that was undone. */
export interface LabellerCounts {
  labeller: string;
  /** Answers of every kind that were not undone. */
  answers: number;
  /** Answers to known answers, and how many of them were right. */
  known: number;
  right: number;
  /** Answers to drawings with an answer of someone else, and how many of them were equal. */
  shared: number;
  equal: number;
  /** Answers that followed another one within `PAUSE_MS`, and the time that they took together. */
  followed: number;
  activeMs: number;
  /** ISO 8601, UTC. */
  lastAt: string;
}

/** Reads what labellers have answered to samples that had a label already. The queue writes it. */
export interface OpinionStore {
  /** Returns the opinions about a sample that were not undone, as last answered, oldest first, at most 50. */
  ofSample(sampleId: string): Promise<Opinion[]>;
  agreement(): Promise<AgreementCounts>;
  /** Returns those who answered last first, at most `limit`, and how many there are. */
  labellers(limit: number): Promise<{ labellers: LabellerCounts[]; total: number }>;
}
