import type { Counts } from "./counts.ts";
import type { Divergence, DriftCheck } from "./drift.ts";
import type { ModelReference } from "./reference.ts";
import type { BucketRange } from "./windows.ts";

/** Predictions of one version in one hour. */
export interface HourCounts {
  /** The hour, as `bucketOf` names it. */
  hour: string;
  modelVersion: number;
  counts: Counts;
}

/** The predictions of one version in one bucket. */
export interface CountsBucket {
  bucket: string;
  modelVersion: number;
  counts: Counts;
}

/** Labelled drawings that one version predicted, with one label and one prediction. */
export interface LabelCell {
  modelVersion: number;
  label: string;
  predicted: string;
  n: number;
  /** Sum of the confidences of these predictions. */
  confidenceSum: number;
}

/** The labelled drawings of one bucket, and how many of them were predicted correctly. */
export interface LabelBucket {
  bucket: string;
  n: number;
  correct: number;
}

/** The labelled drawings of one writer. */
export interface WriterCell {
  /** Null for all drawings without a writer. */
  writer: string | null;
  n: number;
  correct: number;
}

/** Labelled drawings for which a person's memory had a part in the answer. */
export interface MemoryCell {
  n: number;
  /** How many of them the model alone would have predicted correctly, and how many were shown correctly. */
  modelCorrect: number;
  shownCorrect: number;
}

/** Predictions since the last check that are not compared yet. */
export interface DriftWindow {
  id: number;
  modelVersion: number;
  /** ISO 8601, UTC. */
  openedAt: string;
  updatedAt: string;
  counts: Counts;
}

/** The counts of monitoring: buckets of hours and days, and of all time. Nothing here reads single predictions. */
export interface MonitorStore {
  /** Adds counts to their hours, days and versions, and to the versions' drift windows, in one transaction. */
  add(hours: readonly HourCounts[]): Promise<void>;
  /** Returns the buckets of a range, oldest first. */
  counts(range: BucketRange): Promise<CountsBucket[]>;
  /**
   * Returns the labelled predictions of a range. A label counts in the hour in which its sample was stored, for the
   * version that predicted the drawing; a corrected or deleted one corrects the counts.
   */
  labels(range: BucketRange): Promise<LabelCell[]>;
  /** Returns the labelled predictions of a range by bucket, oldest first. */
  labelBuckets(range: BucketRange): Promise<LabelBucket[]>;
  /** Returns the writers with the most labelled predictions in a range, at most `limit`. */
  writers(range: BucketRange, limit: number): Promise<WriterCell[]>;
  /** Returns the labelled drawings of a range that were predicted with memory. */
  withMemory(range: BucketRange): Promise<MemoryCell>;
  /** Removes hours and days before these; versions are kept for all time. */
  prune(before: { hour: string; day: string }): Promise<void>;
  reference(modelVersion: number): Promise<ModelReference | null>;
  /** Stores the reference of a version, or replaces it. */
  putReference(reference: ModelReference): Promise<void>;
  /** Returns the predictions of a version since its last check; null when there is none. */
  driftWindow(modelVersion: number): Promise<DriftWindow | null>;
  /** Ends a drift window with its divergences, which makes it a check. The oldest checks are dropped. */
  closeDriftWindow(id: number, divergences: readonly Divergence[]): Promise<void>;
  /** Returns the checks of a version, newest first. */
  driftChecks(modelVersion: number, limit: number): Promise<DriftCheck[]>;
}
