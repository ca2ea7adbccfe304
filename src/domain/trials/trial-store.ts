import type { Actor } from "../actor.ts";
import type { NewNotice } from "../notice.ts";
import type {
  CountedPair,
  LabelledDrawing,
  Trial,
  TrialKind,
  TrialOutcome,
  TrialPair,
  TrialRules,
  TrialTally,
} from "./trial.ts";

/** A trial to start, or to let wait. */
export interface NewTrial {
  kind: TrialKind;
  other: number;
  deployment: number | null;
  startedBy: Actor | null;
  reason: string;
  rules: TrialRules;
}

/** The end of a trial. */
export interface TrialEnd {
  outcome: TrialOutcome;
  endedBy: Actor | null;
  endReason: string;
  /** Stored with the end, for people to see. */
  notice?: NewNotice;
}

/** The trials and the pairs of those that are running. Times come from the store's clock. */
export interface TrialStore {
  /** Adds a trial that waits for its start. One that already waits is superseded. */
  add(trial: NewTrial): Promise<Trial>;
  /**
   * Adds a trial of the version that the alias `challenger` points to, in one step with looking: whoever stops that trial,
   * or removes the alias, at the same moment is not overruled.
   * @returns null when the alias points elsewhere or nowhere by now, or a challenge waits or runs.
   */
  addAliased(trial: NewTrial): Promise<Trial | null>;
  /**
   * Starts a waiting trial against this champion, with the labels that arrive from now on. The alias `challenger` then
   * points to the other model of a challenge. @returns null when it no longer waits.
   */
  start(id: number, champion: number): Promise<Trial | null>;
  /**
   * Ends a trial, and removes its pairs and the alias `challenger` if it points to the trial's model.
   * @returns null when it has already ended.
   */
  end(id: number, end: TrialEnd): Promise<Trial | null>;
  get(id: number): Promise<Trial | null>;
  /** Trials that wait or run, oldest first. */
  open(): Promise<Trial[]>;
  /** Newest first, without the curves of their evidence; `before` is the id after which the page starts. */
  list(query?: { before?: number; limit?: number }): Promise<Trial[]>;
  /** Whether a watch of this deployment exists. */
  hasWatch(deployment: number): Promise<boolean>;
  /** Versions that were rolled back automatically. */
  rolledBack(): Promise<number[]>;
  /**
   * Labels given here, not imported, that arrived after `arrival`, oldest first. `seen` is the arrival of the last sample
   * that was read; null when there is none.
   */
  labelsAfter(arrival: string, limit: number): Promise<{ labels: LabelledDrawing[]; seen: string | null }>;
  /** Adds pairs, replacing earlier ones of the same sample, and remembers what was read. */
  addPairs(id: number, pairs: readonly TrialPair[], seenArrival: string): Promise<void>;
  /** The pairs of a running trial, in order of arrival. It is no longer stale until one of them changes. */
  takePairs(id: number): Promise<CountedPair[]>;
  /** Stores the counts of a trial. */
  putTally(id: number, tally: TrialTally): Promise<void>;
}
