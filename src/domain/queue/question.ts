import type { Drawing } from "../drawing.ts";
import type { QueueOrder } from "./order.ts";
import type { DrawingScores } from "./scores.ts";

/**
 * The kinds of questions: a drawing without a label; a second opinion on a sample that someone else has labelled; a
 * sample whose label is known. The labeller never learns the kind before the answer.
 */
export const QUESTION_KINDS = ["unlabelled", "second", "known"] as const;
/** The kind of a question. */
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Characters of a labeller's name, at most. */
export const MAX_LABELLER = 64;
/** Questions that a labeller gets at once, and may hold, at most. */
export const MAX_QUESTIONS = 20;

/** An answer: a label, none of the classes, or a drawing that is not usable. */
export type QueueAnswer = { kind: "label"; label: string } | { kind: "none" } | { kind: "discard" };

/** A drawing that is put to a labeller. */
export interface Question {
  /** Opaque: says nothing about the kind. */
  id: string;
  kind: QuestionKind;
  /** The drawing of the pool, or the sample. */
  itemId: string;
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  /** Of the model that has scored it last; null before. */
  scores: DrawingScores | null;
}

/** A recorded answer. */
export interface Decision {
  id: string;
  questionId: string;
  kind: QuestionKind;
  labeller: string;
  answer: QueueAnswer;
  /** The drawing, which is the sample's id once it has a label. */
  itemId: string;
  /** The answer that was expected of a `known` question; otherwise null. */
  expected: QueueAnswer | null;
  /** ISO time. */
  at: string;
  /** When it was undone; null while it holds. */
  undoneAt: string | null;
}

/** The questions that a labeller wants. */
export interface NextQuestions {
  labeller: string;
  order: QueueOrder;
  /** 0..20, besides those that are held. */
  n: number;
  /** Ids of questions that the labeller has: they are renewed. */
  holding: readonly string[];
  /** Versions of the live model, and of the one that it is compared with; null when there is none. */
  live: number | null;
  compared: number | null;
  /** How long a question belongs to its labeller. */
  leaseMs: number;
  /** Shares of the questions, 0..0.5, that are second opinions, and that have a known answer. */
  shares: { second: number; known: number };
  /** `n` random numbers in [0, 1): what each question is decided by. */
  draws: readonly number[];
}

/** Whether two answers are the same. */
export function isSameAnswer(a: QueueAnswer, b: QueueAnswer): boolean {
  if (a.kind === "label" && b.kind === "label") return a.label === b.label;
  return a.kind === b.kind;
}
