import { DECISIONS, type LastStep, type QueueScope } from "../../../../views/fragments/review/queue-path.ts";
import { IN_REVIEW } from "../../../domain/samples/review.ts";
import { notOneOf } from "../../expected.ts";

type Query = Partial<Record<string, string>>;

const ID = /^[0-9a-f-]{36}$/;
/** In characters, of a label. */
const MAX_LABEL = 40;

/** Reads which part of the queue is requested, from its address or from a form; what cannot be read is left out. */
export function scopeOf({ state, run, after }: Query): QueueScope {
  return {
    state: state === "held" ? "held" : "suspect",
    runId: run === undefined || run === "" || run.length > 100 ? null : run,
    after: after === undefined || after === "" || after.length > 100 ? null : after,
  };
}

/** @throws InputError for a part of the queue that there is not; without `state`, it is that of suspect labels. */
export function requireState({ state = "" }: Query): void {
  if (state !== "" && !IN_REVIEW.some((one) => one === state)) throw notOneOf("state", IN_REVIEW, state);
}

/** Reads the last step that an address reports; null when there is none, or it cannot be read. */
export function lastStep({ did, id = "", was = "", label = "", from, n = "" }: Query): LastStep | null {
  if (did === "stale") return { did };
  if (did === "confirmBatch" || did === "withdrawBatch") {
    return /^\d{1,9}$/.test(n) ? { did, n: Number(n) } : null;
  }
  const isLabel = (value: string) => value !== "" && value.length <= MAX_LABEL;
  if (!isLabel(was)) return null;
  if (did === "undo") return { did, was };
  const decision = DECISIONS.find((one) => one === did);
  const state = IN_REVIEW.find((one) => one === from);
  if (decision === undefined || state === undefined || !ID.test(id) || !isLabel(label)) return null;
  return { did: decision, id, was, label, state };
}
