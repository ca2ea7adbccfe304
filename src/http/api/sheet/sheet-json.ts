import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import {
  ACTION_KINDS,
  type BulkResult,
  KEPT_REASONS,
  type SampleAction,
} from "../../../domain/samples/sheet/sheet-store.ts";

/** An action on many samples. */
export const ActionSchema = v.pipe(
  v.object({
    id: v.number(),
    kind: v.picklist(ACTION_KINDS),
    label: v.pipe(v.nullable(v.string()), v.description("Of a relabelling; of an import, the file's name")),
    n: v.pipe(v.number(), v.description("Number of samples that it changed or stored")),
    at: v.string(),
    actor: v.nullable(ActorSchema),
    undone_at: v.nullable(v.string()),
  }),
  v.metadata({ ref: "SampleAction" }),
);

/** The result of a bulk action, or of undoing it. */
export const BulkResultSchema = v.pipe(
  v.object({
    action: v.pipe(v.nullable(ActionSchema), v.description("Null when nothing was changed")),
    changed: v.number(),
    unchanged: v.pipe(v.number(), v.description("Samples that were as requested already")),
    kept: v.pipe(
      v.object({ gone: v.number(), pinned: v.number(), changed: v.number() }),
      v.description("Samples that were not changed, by reason"),
    ),
    named: v.pipe(
      v.array(v.object({ id: v.string(), reason: v.picklist(KEPT_REASONS) })),
      v.description("The first 100 of them"),
    ),
  }),
  v.metadata({ ref: "BulkResult" }),
);

/** Converts an action. */
export function actionJson({ undoneAt, ...action }: SampleAction): v.InferOutput<typeof ActionSchema> {
  return { ...action, undone_at: undoneAt };
}

/** Converts the result of an action. */
export function bulkJson({ action, ...result }: BulkResult): v.InferOutput<typeof BulkResultSchema> {
  return { action: action === null ? null : actionJson(action), ...result };
}
