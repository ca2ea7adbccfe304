import type { SampleAction } from "../samples/sheet/sheet-store.ts";
import type { AnswerBy } from "./queue-store.ts";

/** A drawing of the pool that the live model predicts as the class of the grid. */
export interface QueueGridItem {
  id: string;
  /** Probability of the class, 0..1. */
  p: number;
}

/** The part that a labeller gets of the drawings that a version predicts as a class. */
export interface QueueGridQuery {
  label: string;
  labeller: string;
  /** Version of the live model: what another one has scored last is not shown. */
  live: number;
  /** 1 to `GRID_PAGE`. */
  limit: number;
  /** How long the drawings belong to the labeller, in ms. */
  leaseMs: number;
}

/** A page of drawings that now belong to the labeller, and why others are not on it. */
export interface QueueGridPage {
  /** The most confident first. */
  items: QueueGridItem[];
  /** Drawings of the class that other labellers have now. */
  leased: number;
  /** Drawings of the class that this labeller has left to the queue, or skipped there. */
  left: number;
}

/** Counts of the pool by what the live model predicts. They add up to the drawings that it has scored. */
export interface QueueGridCounts {
  /** Classes with drawings, in their order as text. */
  classes: { label: string; n: number }[];
  /** Drawings that look like none of the classes: the grid leaves them to the queue. */
  none: number;
}

/** A decision about an odd drawing. `leave`: it stays in the pool, and this labeller's grid shows it no longer. */
export type PoolDecision =
  | { kind: "label"; label: string }
  | { kind: "none" }
  | { kind: "discard" }
  | { kind: "leave" };

/** The decisions about a page of drawings without a label. No drawing may have two. */
export interface QueueGridDecisions {
  /** The class that the unmarked drawings get. */
  label: string;
  accept: readonly string[];
  odd: readonly { id: string; decision: PoolDecision }[];
}

/**
 * The reasons why a drawing of the page is not changed. `answered`: it is a sample now, or was discarded. `taken`: the
 * time of its labeller had run out, and someone else has it. `removed`: deleted or forgotten.
 */
export const POOL_KEPT_REASONS = ["answered", "taken", "removed"] as const;
/** One of these reasons. */
export type PoolKeptReason = (typeof POOL_KEPT_REASONS)[number];

/** The result of deciding about a page. `changed` is the sum of `labelled` and `corrected`. */
export interface QueueGridResult {
  /** Of kind `grid`; null when nothing was changed. */
  action: SampleAction | null;
  changed: number;
  /** Drawings that have the label of the page now. */
  labelled: number;
  /** Drawings with another label, of none of the classes, or discarded. */
  corrected: number;
  /** Drawings that were left to the queue. */
  left: number;
  /** Drawings that this labeller has answered in the same way before: a request that is repeated changes nothing. */
  unchanged: number;
  kept: Record<PoolKeptReason, number>;
  /** All of them. */
  named: { id: string; reason: PoolKeptReason }[];
}

/** Grid review of the pool: many drawings that are predicted as one class, of which a labeller marks the odd ones. */
export interface QueueGridStore {
  /**
   * Leases a page to its labeller: without what looks like none of the classes, what belongs to someone else, and what
   * this labeller has skipped.
   * @throws InputError for a limit that is not 1 to `GRID_PAGE`.
   */
  lease(query: QueueGridQuery): Promise<QueueGridPage>;
  counts(live: number): Promise<QueueGridCounts>;
  /** Renews leases that the labeller has; one that was released stays so. */
  renew(labeller: string, ids: readonly string[], leaseMs: number): Promise<void>;
  /** Ends the labeller's leases of these drawings. */
  release(labeller: string, ids: readonly string[]): Promise<void>;
  /**
   * Records all answers about a page as one action of kind `grid`, in one transaction; durable when it resolves. Each is
   * also a decision of its labeller. What someone else has or has answered is named and not changed; the rest is done.
   * `sheet.undo` undoes the action as a whole.
   * @throws InputError for more than `GRID_PAGE` drawings, or two decisions about one.
   */
  decide(decisions: QueueGridDecisions, by: AnswerBy): Promise<QueueGridResult>;
  /** The images of drawings of the pool, in the order of the ids; null for one that has left. */
  images(ids: readonly string[]): Promise<(Uint8Array | null)[]>;
}
