import * as v from "valibot";
import type { AuditRecord } from "../../../domain/access/audit.ts";
import { ActorSchema } from "../../../domain/actor.ts";

/** A record of the audit log, as the API and the export have it. */
export const AuditSchema = v.pipe(
  v.object({
    id: v.pipe(v.number(), v.integer(), v.description("Increases by one with each record")),
    at: v.string(),
    actor: ActorSchema,
    action: v.pipe(v.string(), v.description("Such as `model.promote`")),
    target: v.pipe(v.nullable(v.string()), v.description("What it was done to, such as a model version")),
    outcome: v.picklist(["done", "refused"]),
    detail: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
    address: v.nullable(v.string()),
  }),
  v.metadata({ ref: "AuditRecord" }),
);

/** Returns a record in that form. */
export function auditJson(record: AuditRecord): v.InferOutput<typeof AuditSchema> {
  const { id, at, actor, action, target, outcome, detail, address } = record;
  return { id, at, actor: { ...actor }, action, target, outcome, detail: { ...detail }, address };
}
