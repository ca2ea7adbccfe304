import type { Stroke } from "../../../src/domain/drawing.ts";

/** A drawing that is put to a labeller, as the API has it. */
export interface Question {
  id: string;
  /** Size of the canvas in the unit of the strokes; null without strokes. */
  width: number | null;
  height: number | null;
  /** Null for an image alone. */
  strokes: Stroke[] | null;
  /** `pixels`: rows × cols values, ink 255 on 0. */
  image: { rows: number; cols: number; pixels: number[] };
  /** Null while no model has scored it. Confidence and `p` are 0..1. */
  prediction: {
    label: string;
    confidence: number;
    second: { label: string; p: number } | null;
    /** Whether the drawing looks like none of the classes; `label` is then only the nearest one. */
    is_none: boolean;
  } | null;
  /** On the page: the id that it had first. An undo brings a question back under another, which no reader notices. */
  key?: string;
  /** Why it comes now, and the measure that it is ordered by, if the order has one. */
  reason: { order: string; value: number | null } | null;
}

/** The answer to a question: a label, none of the classes, or a drawing that is not usable. */
export type Answer = { label: string } | { none: true } | { discard: true };

/** A check whose correct answer was known; shown only after the answer. */
export interface Check {
  kind: "known";
  right: boolean;
  expected: Answer;
}

/** Sizes of the pool: drawings without a label, and those among them that are with a labeller now. */
export interface Left {
  unlabelled: number;
  leased: number;
}

/** The identity of a question on the page. */
export function keyOf({ id, key }: Question): string {
  return key ?? id;
}

/** The label of an answer; null when it has none. */
export function labelOf(answer: Answer): string | null {
  return "label" in answer ? answer.label : null;
}
