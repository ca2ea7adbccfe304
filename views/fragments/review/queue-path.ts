import type { IN_REVIEW } from "../../../src/domain/samples/review.ts";

/** A state in which a label waits for a person. */
type InReview = (typeof IN_REVIEW)[number];

/** The place after the last label. */
export const END = "end";

/** The part of the queue that is shown. */
export interface QueueScope {
  /** `held`: the labels of a batch, one at a time. */
  state: InReview;
  /** Only labels of this run; null for all. */
  runId: string | null;
  /** The cursor of the last skipped label, or `END`; null at the start. */
  after: string | null;
}

/** The decisions about a label that can be undone. */
export const DECISIONS = ["confirm", "relabel", "none", "withdraw"] as const;

/** The last thing that happened in the queue, as its address has it. */
export type LastStep =
  | { did: (typeof DECISIONS)[number]; id: string; was: string; label: string; state: InReview }
  | { did: "undo"; was: string }
  | { did: "stale" }
  | { did: "confirmBatch" | "withdrawBatch"; n: number };

/** The address of a part of the queue, with the last step, which the page reports. */
export function queuePath({ state, runId, after }: QueueScope, last: LastStep | null = null): string {
  const query = new URLSearchParams({
    ...(state === "held" && { state }),
    ...(runId !== null && { run: runId }),
    ...(after !== null && { after }),
    ...(last === null ? {} : stepFields(last)),
  });
  return query.size === 0 ? "/label" : `/label?${query}`;
}

function stepFields(last: LastStep): Record<string, string> {
  if ("id" in last) {
    const { state, ...decision } = last;
    return { ...decision, from: state };
  }
  return "n" in last ? { did: last.did, n: String(last.n) } : { ...last };
}
