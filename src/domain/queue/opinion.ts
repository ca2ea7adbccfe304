import type { QueueAnswer } from "./question.ts";

/** The most second opinions that a sample is put to labellers for. */
export const MOST_OPINIONS = 2;

/** An answer to a sample that had a label already. */
export interface Opinion {
  /** Increases with each opinion of the store. */
  id: number;
  sampleId: string;
  /** `second`: someone else had labelled it. `known`: its label was known, and the answer counts for its labeller. */
  kind: "second" | "known";
  labeller: string;
  answer: QueueAnswer;
  /** The label that the sample had then. */
  expected: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** Whether an answer is the label. */
export function isLabel(answer: QueueAnswer, label: string | null): boolean {
  return answer.kind === "label" && answer.label === label;
}

/** The second opinions that say something else than a label, in their order. */
export function contradicting(opinions: readonly Opinion[], label: string | null): Opinion[] {
  return opinions.filter(({ kind, answer }) => kind === "second" && !isLabel(answer, label));
}

/** Returns an answer as one string, equal for equal answers. */
export function answerKey(answer: QueueAnswer): string {
  return answer.kind === "label" ? `label:${answer.label}` : answer.kind;
}

/** The inverse of `answerKey`. @throws {RangeError} for what is not one. */
export function answerOfKey(key: string): QueueAnswer {
  if (key === "none" || key === "discard") return { kind: key };
  if (key.startsWith("label:")) return { kind: "label", label: key.slice("label:".length) };
  throw new RangeError(`Expected "none", "discard" or "label:…", found "${key}"`);
}
