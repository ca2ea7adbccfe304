import type { GateSentence } from "../gate.ts";
import type { ScreeningMark } from "./review.ts";

/** The result of screening the labels of a run, as its report keeps it. */
export interface ScreeningReport {
  /** Whether there was a model to screen with; the cell tests need one. */
  is_screened: boolean;
  /** New labels: to train on, and held out. */
  train: SideReport;
  holdout: SideReport;
  /** The most suspect labels, the least probable first. */
  suspects: { id: string | null; side: "train" | "holdout"; label: string; reading: string; p: number }[];
}

/** Counts of one side. */
export interface SideReport {
  /** Labels that were not screened before. */
  n: number;
  suspect: number;
  writer_held: number;
  writer_cap: number;
  near_duplicate: number;
  /** Drawings that are used. */
  used: number;
  /** The reason why the new labels are in review as a whole; null when they are not. */
  reason: GateSentence | null;
}

/** The labels that a run has screened. */
export interface LabelMarks {
  marks: ScreeningMark[];
}

/** The stored samples that a run used and left out, by id; empty where the drawings are not from the store. */
export interface DataVersion {
  train: string[];
  holdout: string[];
  negatives: string[];
  left_out: { id: string; reason: string }[];
}
