import type { Actor } from "../actor.ts";
import type { SampleState } from "../sample.ts";
import type { Review } from "../samples/review.ts";

/** The kinds of changes of a sample. */
export const SAMPLE_ACTIONS = ["stored", "changed", "deleted"] as const;

/** An entry of a sample's history. Entries are only ever added. */
export interface SampleChange {
  /** Increases with each entry of the store. */
  seq: number;
  sampleId: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Null when it is not known. */
  actor: Actor | null;
  action: (typeof SAMPLE_ACTIONS)[number];
  /** The label and state before; null for "stored". A negative sample has no label. */
  labelFrom: string | null;
  stateFrom: SampleState | null;
  /** The label and state after; null for "deleted". */
  labelTo: string | null;
  stateTo: SampleState | null;
  /**
   * The review that a decision of the grid, or its undo, has left; null for every other change. Where label and state
   * are as before, it is all that has changed.
   */
  reviewTo: Review | null;
}
