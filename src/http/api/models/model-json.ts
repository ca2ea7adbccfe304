import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import type { Deployment, DeploymentPeriod } from "../../../domain/deployment.ts";
import { VERDICTS } from "../../../domain/gate.ts";
import { encodeMetrics } from "../../../domain/metrics.ts";
import { MODEL_STATES, type NamedModel } from "../../../domain/model.ts";
import { MODEL_CHANGES, type ModelChange } from "../../../domain/model-change.ts";

const EvidenceSchema = v.object({
  set: v.string(),
  against: v.picklist(["champion", "base"]),
  ...{ n: v.number(), candidate: v.number(), other: v.number(), fixed: v.number(), broken: v.number() },
  ...{ p: v.number(), bound: v.number(), low: v.number(), high: v.number() },
  classes: v.array(v.object({ label: v.string(), n: v.number(), candidate: v.number(), other: v.number() })),
});

/** A model version, as the API sends it. */
export const ModelSchema = v.pipe(
  v.object({
    name: v.string(),
    version: v.number(),
    aliases: v.array(v.string()),
    state: v.pipe(
      v.picklist(MODEL_STATES),
      v.description("`deleted`: its files were removed, and only its record is left"),
    ),
    forced: v.pipe(v.boolean(), v.description("Whether it was last promoted without having passed the gate")),
    tags: v.record(v.string(), v.string()),
    note: v.nullable(v.string()),
    sha256: v.string(),
    run_id: v.nullable(v.string()),
    parent_version: v.nullable(v.number()),
    metrics: v.record(v.string(), v.unknown()),
    gate: v.nullable(
      v.object({
        passed: v.boolean(),
        verdict: v.pipe(
          v.optional(v.picklist(VERDICTS)),
          v.description("Absent from records of older releases"),
        ),
        summary: v.optional(v.object({ detail: v.string() })),
        checks: v.array(
          v.object({
            name: v.string(),
            passed: v.boolean(),
            isMissing: v.pipe(
              v.optional(v.boolean()),
              v.description("Not passed only because evidence is missing"),
            ),
            isUnjudged: v.pipe(
              v.optional(v.boolean()),
              v.description(
                "There is nothing, or too little, to evaluate it by: `passed` then means nothing",
              ),
            ),
            detail: v.string(),
          }),
        ),
        evidence: v.pipe(
          v.optional(v.array(EvidenceSchema)),
          v.description("The comparisons with the champion and the base model: docs/gate.md"),
        ),
      }),
    ),
    created_at: v.string(),
  }),
  v.metadata({ ref: "Model" }),
);

/** A deployment, as the API sends it. */
export const DeploymentSchema = v.pipe(
  v.object({
    id: v.number(),
    alias: v.string(),
    version: v.number(),
    previous_version: v.nullable(v.number()),
    action: v.picklist(["promote", "rollback", "fallback"]),
    by: v.pipe(v.string(), v.description("The way: gate, api, page, cli, start or serve")),
    actor: v.nullable(ActorSchema),
    forced: v.pipe(
      v.nullable(v.boolean()),
      v.description("Promoted without having passed the gate; null in records of older releases"),
    ),
    verdict: v.pipe(
      v.nullable(v.picklist(VERDICTS)),
      v.description("The gate's verdict at that moment; null when it had not evaluated the version"),
    ),
    reason: v.string(),
    created_at: v.string(),
  }),
  v.metadata({ ref: "Deployment" }),
);

/** A deployment with its end, as the log sends it. */
export const DeploymentPeriodSchema = v.pipe(
  v.object({
    ...DeploymentSchema.entries,
    until: v.pipe(
      v.nullable(v.string()),
      v.description("When the next one replaced it; null while in force"),
    ),
  }),
  v.metadata({ ref: "DeploymentPeriod" }),
);

/** A change to a version, as the API sends it. */
export const ModelChangeSchema = v.pipe(
  v.object({
    id: v.number(),
    version: v.number(),
    what: v.picklist(MODEL_CHANGES),
    detail: v.string(),
    actor: v.nullable(ActorSchema),
    created_at: v.string(),
  }),
  v.metadata({ ref: "ModelChange" }),
);

/** A version number in a path. */
export const VersionParam = v.object({
  version: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number)),
});

/** The number that a cursor is: a version, or the id of an entry. */
export const NumberCursor = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,14}$/, "expected the next_cursor of the previous page"),
  v.transform(Number),
  v.description("`next_cursor` of the previous page"),
);

/** Converts a version to the form in which the API sends it. */
export function modelJson(model: NamedModel): v.InferOutput<typeof ModelSchema> {
  return {
    name: model.name,
    version: model.version,
    aliases: model.aliases,
    state: model.state,
    forced: model.isForced,
    tags: { ...model.tags },
    note: model.note,
    sha256: model.sha256,
    run_id: model.runId,
    parent_version: model.parentVersion,
    metrics: encodeMetrics(model.metrics),
    gate: model.gate,
    created_at: model.createdAt,
  };
}

/** Converts a deployment to the form in which the API sends it. */
export function deploymentJson(deployment: Deployment): v.InferOutput<typeof DeploymentSchema> {
  return {
    id: deployment.id,
    alias: deployment.alias,
    version: deployment.version,
    previous_version: deployment.previousVersion,
    action: deployment.action,
    by: deployment.by,
    actor: deployment.actor === null ? null : { ...deployment.actor },
    forced: deployment.isForced,
    verdict: deployment.verdict,
    reason: deployment.reason,
    created_at: deployment.createdAt,
  };
}

/** Converts a deployment of the log. */
export function periodJson(deployment: DeploymentPeriod): v.InferOutput<typeof DeploymentPeriodSchema> {
  return { ...deploymentJson(deployment), until: deployment.until };
}

/** Converts a change to a version. */
export function changeJson({
  createdAt,
  actor,
  ...change
}: ModelChange): v.InferOutput<typeof ModelChangeSchema> {
  return { ...change, actor: actor === null ? null : { ...actor }, created_at: createdAt };
}

/** One page and the cursor of the next one, from rows of which there may be one more than the limit. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => number,
): { page: T[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  return { page, next_cursor: rows.length > limit ? String(cursorOf(page.at(-1)!)) : null };
}
