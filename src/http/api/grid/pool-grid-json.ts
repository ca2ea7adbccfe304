import * as v from "valibot";
import {
  POOL_KEPT_REASONS,
  type PoolDecision,
  type QueueGridDecisions,
  type QueueGridResult,
} from "../../../domain/queue/queue-grid.ts";
import { GRID_PAGE } from "../../../domain/samples/grid/grid-store.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { ClassName, described, labelOnlyWith } from "../conditions.ts";
import { requireClass } from "../label.ts";
import { Labeller } from "../queue/labeller.ts";
import { ActionSchema, actionJson } from "../sheet/sheet-json.ts";
import { atMost, strict } from "../validate.ts";

const Ids = v.pipe(v.array(v.pipe(v.string(), atMost(100))), v.maxLength(GRID_PAGE));

/** The drawings that a labeller has, for renewal and release. */
export const LeasesBody = strict({ labeller: Labeller, drawings: Ids });

/** The answers about a page. */
export const PoolDecideBody = strict({
  labeller: Labeller,
  label: v.pipe(ClassName, v.description("The label that the drawings in `accept` get")),
  accept: Ids,
  odd: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          strict({
            id: v.pipe(v.string(), atMost(100)),
            kind: v.pipe(
              v.picklist(["label", "none", "discard", "leave"]),
              v.description(
                "`none`: of none of the classes. `discard`: not usable. `leave`: it stays without a label, for the queue",
              ),
            ),
            label: v.optional(v.pipe(ClassName, v.description("For `label`: one of the classes"))),
          }),
          described(labelOnlyWith("label", ["none", "discard", "leave"])),
        ),
      ),
      v.maxLength(GRID_PAGE),
    ),
    [],
  ),
});

/** The result of answers about a page. */
export const PoolResultSchema = v.pipe(
  v.object({
    action: v.pipe(v.nullable(ActionSchema), v.description("Null when nothing was changed")),
    changed: v.number(),
    labelled: v.pipe(v.number(), v.description("Drawings that have the label of the page now")),
    corrected: v.pipe(v.number(), v.description("With another label, of none of the classes, or discarded")),
    left: v.pipe(v.number(), v.description("Left without a label")),
    unchanged: v.pipe(v.number(), v.description("Answered in the same way by this labeller before")),
    kept: v.pipe(
      v.object({ answered: v.number(), taken: v.number(), removed: v.number() }),
      v.description(
        "Drawings that were not changed, by reason: it has an answer already; another labeller has it now; it was deleted",
      ),
    ),
    named: v.array(v.object({ id: v.string(), reason: v.picklist(POOL_KEPT_REASONS) })),
  }),
  v.metadata({ ref: "QueueGridResult" }),
);

/** Converts the result. */
export function poolResultJson({
  action,
  ...result
}: QueueGridResult): v.InferOutput<typeof PoolResultSchema> {
  return { ...result, action: action === null ? null : actionJson(action) };
}

/** @throws {ValidationError} for a label that is missing, not a class, or not of a decision that has one. */
export function poolDecisionsOf(
  classes: readonly string[],
  { label, accept, odd }: v.InferOutput<typeof PoolDecideBody>,
): QueueGridDecisions {
  requireClass(classes, label);
  return {
    ...{ label, accept },
    odd: odd.map(({ id, kind, label: to }) => ({ id, decision: poolDecision(classes, kind, to) })),
  };
}

function poolDecision(
  classes: readonly string[],
  kind: PoolDecision["kind"],
  label: string | undefined,
): PoolDecision {
  if (kind === "label") {
    requireClass(classes, label ?? "");
    return { kind, label: label! };
  }
  if (label === undefined) return { kind };
  const message = `expected no label for "${kind}", found ${JSON.stringify(label.slice(0, 40))}`;
  throw new ValidationError(`odd.label: ${message}`, [{ path: "odd.label", message }]);
}
