import type { Actor } from "../actor.ts";
import type { RenderedImage, StoredDrawing } from "../sample.ts";
import type { QueueOrder } from "./order.ts";
import type { Decision, NextQuestions, Question, QueueAnswer } from "./question.ts";
import type { AddOutcome, NewQueueDrawing, QueueDrawing } from "./queue-drawing.ts";
import type { DrawingScores } from "./scores.ts";

/** Counts of the pool. */
export interface QueueCounts {
  /** Drawings without a label. */
  unlabelled: number;
  /** Of them, those that belong to a labeller now. */
  leased: number;
  /** How many each version has scored last, the newest version first. */
  scoredBy: { version: number; n: number }[];
}

/** The image of a drawing of the pool. */
export interface QueueImage {
  id: string;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
}

/** The order `diversity`: how it was made, so that it can be made again. */
export interface QueueRanking {
  /** Chooses the candidates, and the first drawing when none is labelled. */
  seed: number;
  /** The version whose features it uses; null for pixels. */
  modelVersion: number | null;
  /** Drawings that it chose from. */
  candidates: number;
  /** Labelled drawings that it keeps away from. */
  covered: number;
  /** Drawings that it put in order. */
  ranked: number;
  /** Of these, how many are still in the pool. */
  left: number;
  /** ISO time. */
  at: string;
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
  /** Returns up to `limit` drawings that these versions have not scored. */
  toScore(query: { live: number; compared: number | null; limit: number }): Promise<QueueImage[]>;
  /** Writes the scores of drawings that are still in the pool. */
  putScores(scored: readonly { id: string; scores: DrawingScores }[]): Promise<void>;
  /** Returns up to `limit` drawings that a seed chooses evenly from the pool: the same for the same pool and seed. */
  draw(seed: number, limit: number): Promise<string[]>;
  /** Returns the images of drawings, without those that have left. */
  images(ids: readonly string[]): Promise<QueueImage[]>;
  /** Replaces the order `diversity`. @param ids the most useful first. */
  putRanking(ids: readonly string[], ranking: Omit<QueueRanking, "at" | "left" | "ranked">): Promise<void>;
  /** Returns what the order `diversity` is; null before the first. */
  ranking(): Promise<QueueRanking | null>;
  /** Returns the drawings that follow an id in order of creation, the first ones for null. */
  pageAfter(id: string | null, limit: number): Promise<QueueDrawing[]>;
  /** Returns up to `limit` drawings whose image is of an older preprocessing. */
  outdated(preprocessing: number, limit: number): Promise<StoredDrawing[]>;
  /** Replaces the images of drawings in one transaction; they are scored again. */
  putImages(images: readonly RenderedImage[], preprocessing: number): Promise<void>;
  /** Returns a page of the pool. */
  list(query: QueueQuery): Promise<{ drawings: QueueDrawing[]; nextCursor: string | null }>;
}
