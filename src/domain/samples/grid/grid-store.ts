import type { Actor } from "../../actor.ts";
import type { BulkResult } from "../sheet/sheet-store.ts";

/** The greatest number of drawings that a page of the grid has, and that one request decides about. */
export const GRID_PAGE = 100;

/** A labelled drawing whose label no person has confirmed. */
export interface GridItem {
  id: string;
  /** The class that the model predicted when it was drawn; null when none did. */
  predicted: string | null;
  /** Whether the label is in review: screening has put it there, or a second opinion. */
  isSuspect: boolean;
}

/**
 * The number of labels of a class by what has been decided about them. A suspect label is in review and in the grid: whoever
 * confirms it decides in both. So all labelled drawings of the class are unconfirmed + confirmed + inReview − suspect.
 */
export interface GridCount {
  label: string;
  /** For the grid to decide about. */
  unconfirmed: number;
  /** Of `unconfirmed`: in review, too. */
  suspect: number;
  /** A person has looked at them; pinned drawings included. */
  confirmed: number;
  /** All in review, held ones included, as `SampleStore.reviewCounts` has them. */
  inReview: number;
}

/**
 * A decision about an odd drawing. `relabel` and `none` are final: the label is not screened again. `withdraw`: kept,
 * but never trained on. `review`: its label is suspect, and waits in the label queue.
 */
export type OddDecision =
  | { kind: "relabel"; label: string }
  | { kind: "none" }
  | { kind: "withdraw" }
  | { kind: "review" };

/** The decisions about a page of the grid. No drawing may have two. */
export interface GridDecisions {
  /** The class whose labels the person has looked at. A drawing with another one by now is not changed. */
  label: string;
  confirm: readonly string[];
  odd: readonly { id: string; decision: OddDecision }[];
}

/** The result of deciding about a page. `changed` is the sum of the three. */
export interface GridResult extends BulkResult {
  confirmed: number;
  /** Drawings with another label, of none of the classes, or withdrawn. */
  corrected: number;
  /** Drawings that were left to the label queue. */
  left: number;
}

/** Grid review: many drawings of one class at once, of which a person marks the odd ones. */
export interface GridStore {
  /**
   * Returns the labelled drawings of a class whose label no person has confirmed, without those that are held or that a
   * person has left to the label queue. First come suspect labels, then labels that differ from the prediction, each by
   * the probability that a model gave the label, the least first; then the others, the least confident first. Of equals,
   * the newest is first.
   * @param limit 1 to `GRID_PAGE`.
   */
  page(label: string, limit: number): Promise<GridItem[]>;
  /** Counts by class, in one pass over two indices. Classes without labelled drawings are missing. */
  counts(): Promise<GridCount[]>;
  /**
   * Records all decisions about a page as one action of kind `grid`, in one transaction; durable when it resolves. What
   * is gone, pinned, or has changed in the meantime is named and not changed; the rest is done. `sheet.undo` undoes it.
   * @throws InputError for more than `GRID_PAGE` drawings, or two decisions about one.
   */
  decide(decisions: GridDecisions, actor: Actor): Promise<GridResult>;
}
