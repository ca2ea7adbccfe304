import type { Database } from "bun:sqlite";
import {
  GRID_PAGE,
  type GridDecisions,
  type GridResult,
  type OddDecision,
} from "../../../domain/samples/grid/grid-store.ts";
import type { KeptReason } from "../../../domain/samples/sheet/sheet-store.ts";
import { InputError } from "../../../lib/errors.ts";
import { countIn } from "../sheet/actions.ts";
import {
  type Acting,
  findSample,
  keep,
  type Labelled,
  noResult,
  putLabel,
  putReview,
} from "../sheet/bulk-change.ts";

/** Records the decisions about a page within the caller's transaction, as changes of an action. */
export function decidePage(
  database: Database,
  { label, confirm, odd }: GridDecisions,
  acting: Acting,
): GridResult {
  const result: GridResult = { ...noResult(), confirmed: 0, corrected: 0, left: 0 };
  const decisions = [...confirm.map((id) => ({ id, decision: null })), ...odd];
  for (const { id, decision } of decisions) {
    const sample = findSample(database, id);
    const reason = keptReason(sample, label);
    if (sample === null || reason !== null) keep(result, id, reason ?? "gone");
    else if (sample.review === "confirmed" && isConfirmation(decision, label)) result.unchanged += 1;
    else result[decide(database, sample, decision, acting)] += 1;
  }
  result.changed = result.confirmed + result.corrected + result.left;
  countIn(database, acting.action, result.changed);
  return result;
}

/** @throws InputError for more than `GRID_PAGE` drawings, or two decisions about one. @param what they are. */
export function requireFewOnce(what: "samples" | "drawings", ids: readonly string[]): void {
  if (ids.length > GRID_PAGE)
    throw new InputError(`${what}: expected at most ${GRID_PAGE} drawings of a page, found ${ids.length}`);
  const twice = ids.find((id, n) => ids.indexOf(id) !== n);
  if (twice !== undefined)
    throw new InputError(
      `${what}: expected one decision about each drawing, found two about ${twice.slice(0, 100)}`,
    );
}

/** Relabelling a drawing as what it is confirms it. */
function isConfirmation(decision: OddDecision | null, label: string): boolean {
  return decision === null || (decision.kind === "relabel" && decision.label === label);
}

function keptReason(sample: Labelled | null, label: string): KeptReason | null {
  if (sample === null) return "gone";
  if (sample.review === "pinned") return "pinned";
  // Someone else has left it to the label queue since: looking at it there comes first.
  if (sample.review === "held" || sample.isLeft) return "changed";
  return sample.label === label && sample.state === "labelled" ? null : "changed";
}

function decide(
  database: Database,
  sample: Labelled,
  decision: OddDecision | null,
  acting: Acting,
): "confirmed" | "corrected" | "left" {
  const { label } = sample;
  if (decision === null || isConfirmation(decision, label!)) {
    putReview(database, sample, { review: "confirmed" }, acting);
    return "confirmed";
  }
  switch (decision.kind) {
    case "review":
      putReview(database, sample, { review: "suspect", by: acting.actor }, acting);
      return "left";
    case "relabel":
      putLabel(database, sample, { label: decision.label, state: "labelled" }, "confirmed", acting);
      return "corrected";
    case "none":
      putLabel(database, sample, { label: null, state: "negative" }, null, acting);
      return "corrected";
    case "withdraw":
      putLabel(database, sample, { label, state: "rejected" }, null, acting);
      return "corrected";
  }
}
