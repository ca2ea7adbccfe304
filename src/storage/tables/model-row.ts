import { decodeActor } from "../../domain/actor.ts";
import type { Deployment, DeploymentPeriod } from "../../domain/deployment.ts";
import { decodeGate, VERDICTS } from "../../domain/gate.ts";
import { decodeMetrics } from "../../domain/metrics.ts";
import { MODEL_STATES, type Model, type ModelFileRecord } from "../../domain/model.ts";
import { MODEL_CHANGES, type ModelChange } from "../../domain/model-change.ts";
import { type RawRow, Row } from "../row.ts";

const ACTIONS = ["promote", "rollback", "fallback"] as const satisfies readonly Deployment["action"][];

/** The columns of a version with its tags, and whether its last promotion was forced; state `deleted` is a time. */
export const MODEL_COLUMNS = `models.*,
  (SELECT json_group_object(key, value) FROM model_tags WHERE model_tags.version = models.version) AS tags,
  (SELECT is_forced FROM deployments WHERE deployments.version = models.version AND action = 'promote'
    ORDER BY id DESC LIMIT 1) AS is_forced`;

/** Converts a row of `models`. @throws UnavailableError when a column has a value of another type. */
export function modelFromRow(raw: RawRow): Model {
  const row = new Row("models", raw);
  return {
    ...recordFrom(row),
    name: row.text("name"),
    parentVersion: row.integerOrNull("parent_version"),
    metrics: decodeMetrics(row.json("metrics")),
    gate: decodeGate(row.jsonOrNull("gate")),
    createdAt: row.text("created_at"),
    isForced: row.integerOrNull("is_forced") === 1,
    note: row.textOrNull("note"),
    tags: row.json("tags"),
  };
}

/** Converts a row of `models` that has the columns of its files alone. */
export function fileRecordFromRow(raw: RawRow): ModelFileRecord {
  return recordFrom(new Row("models", raw));
}

function recordFrom(row: Row): ModelFileRecord {
  return {
    version: row.integer("version"),
    key: row.text("key"),
    sha256: row.text("sha256"),
    runId: row.textOrNull("run_id"),
    state: row.textOrNull("deleted_at") === null ? row.oneOf("state", MODEL_STATES) : "deleted",
  };
}

/** Converts a row of `deployments`. @throws UnavailableError when a column has a value of another type. */
export function deploymentFromRow(raw: RawRow): Deployment {
  const row = new Row("deployments", raw);
  const isForced = row.integerOrNull("is_forced");
  const verdict = row.textOrNull("verdict");
  return {
    id: row.integer("id"),
    alias: row.text("alias"),
    version: row.integer("version"),
    previousVersion: row.integerOrNull("previous_version"),
    action: row.oneOf("action", ACTIONS),
    by: row.text("by"),
    actor: decodeActor(row.textOrNull("actor")),
    isForced: isForced === null ? null : isForced === 1,
    verdict: VERDICTS.find((one) => one === verdict) ?? null,
    reason: row.text("reason"),
    createdAt: row.text("created_at"),
  };
}

/** Converts a row of `deployments` with the time of the next one. */
export function periodFromRow(raw: RawRow): DeploymentPeriod {
  return { ...deploymentFromRow(raw), until: new Row("deployments", raw).textOrNull("until") };
}

/** Converts a row of `model_changes`. @throws UnavailableError when a column has a value of another type. */
export function changeFromRow(raw: RawRow): ModelChange {
  const row = new Row("model_changes", raw);
  return {
    id: row.integer("id"),
    version: row.integer("version"),
    what: row.oneOf("what", MODEL_CHANGES),
    detail: row.text("detail"),
    actor: decodeActor(row.text("actor")),
    createdAt: row.text("created_at"),
  };
}
