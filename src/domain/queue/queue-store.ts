import type { Actor } from "../actor.ts";
import type { QueueOrder } from "./order.ts";
import type { Decision, NextQuestions, Question, QueueAnswer } from "./question.ts";
import type { AddOutcome, NewQueueDrawing, QueueDrawing } from "./queue-drawing.ts";

/** Counts of the pool. */
export interface QueueCounts {
  /** Drawings without a label. */
  unlabelled: number;
  /** Of them, those that belong to a labeller now. */
  leased: number;
  /** How many each version has scored last, the newest version first. */
  scoredBy: { version: number; n: number }[];
}

/** A page of the pool. */
export interface QueueQuery {
  order: QueueOrder;
  live: number | null;
  compared: number | null;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Who answers. */
export interface AnswerBy {
  labeller: string;
  actor: Actor;
}

/**
 * The label queue: drawings without a label, the questions about them, and the decisions. Everything that is
 * acknowledged is durable, except leases, which a power loss may end.
 */
export interface QueueStore {
  /** Adds drawings in one transaction. @param action of `sheet.startImport`, which then can be undone. */
  add(drawings: readonly NewQueueDrawing[], action?: number): Promise<AddOutcome[]>;
  /** Renews the questions that are held, and leases up to `n` more: none that belongs to someone else. */
  next(
    query: NextQuestions,
  ): Promise<{ questions: Question[]; left: Pick<QueueCounts, "unlabelled" | "leased"> }>;
  /**
   * Records an answer; durable when it resolves. A drawing with a label becomes a sample in the same transaction. A
   * repeated answer returns the first decision.
   * @throws ConflictError when someone else has the question, it was answered otherwise, or it is gone.
   */
  answer(
    questionId: string,
    answer: QueueAnswer,
    by: AnswerBy,
  ): Promise<{ decision: Decision; isNew: boolean }>;
  /** Ends the lease; the labeller gets everything else before it again. */
  skip(questionId: string, labeller: string): Promise<void>;
  /**
   * Undoes a decision: the sample is deleted, its drawing is in the pool again, and the question is the labeller's.
   * @throws NotFoundError when there is no such decision; ConflictError when it is someone else's, was undone, or its
   *   sample has changed since.
   */
  undo(decisionId: string, by: AnswerBy, leaseMs: number): Promise<Question>;
  /** Ends the labeller's leases of these questions. */
  release(labeller: string, questionIds: readonly string[]): Promise<void>;
  counts(): Promise<QueueCounts>;
  /** Returns a page of the pool. */
  list(query: QueueQuery): Promise<{ drawings: QueueDrawing[]; nextCursor: string | null }>;
}
