import type { Decision, QuestionKind, QueueAnswer } from "./question.ts";

/** A labelled sample that is put to a labeller between the drawings without a label. */
export interface Check {
  kind: Exclude<QuestionKind, "unlabelled">;
  sampleId: string;
  /** The answer that is known to be right; null for a second opinion. */
  expected: QueueAnswer | null;
}

/** The conditions of a check. */
interface CheckQuery {
  labeller: string;
  shares: { second: number; known: number };
  /** A random number in [0, 1). */
  draw: number;
  /** Samples that the labeller has, or has skipped: they are not chosen. */
  without: ReadonlySet<string>;
  /** ISO time. */
  now: string;
}

/**
 * Chooses samples for second opinions and known answers. Every method works within the transaction of the queue that
 * calls it, so a check is recorded together with its answer or not at all. The queue itself keeps the question and the
 * decision of a check (tables `queue_questions` and `queue_decisions`); this is for what follows from them.
 */
export interface CheckSource<Transaction> {
  /** Returns the check to put in the place of a drawing, or null for none. */
  next(transaction: Transaction, query: CheckQuery): Check | null;
  /** Called when a decision about a check was recorded. */
  answered(transaction: Transaction, decision: Decision): void;
  /** Called when a decision about a check was undone. */
  undone(transaction: Transaction, decision: Decision): void;
}
