import type { Deployment } from "../../domain/deployment.ts";
import { decodeGate } from "../../domain/gate.ts";
import { decodeMetrics } from "../../domain/metrics.ts";
import type { Model, ModelState } from "../../domain/model.ts";
import { type RawRow, Row } from "../row.ts";

const STATES = ["candidate", "rejected", "ready", "broken"] as const satisfies readonly ModelState[];
const ACTIONS = ["promote", "rollback", "fallback"] as const satisfies readonly Deployment["action"][];

/** Converts a row of `models`. @throws UnavailableError when a column has a value of another type. */
export function modelFromRow(raw: RawRow): Model {
  const row = new Row("models", raw);
  return {
    version: row.integer("version"),
    name: row.text("name"),
    key: row.text("key"),
    sha256: row.text("sha256"),
    runId: row.textOrNull("run_id"),
    parentVersion: row.integerOrNull("parent_version"),
    metrics: decodeMetrics(row.json("metrics")),
    gate: decodeGate(row.jsonOrNull("gate")),
    state: row.oneOf("state", STATES),
    createdAt: row.text("created_at"),
  };
}

/** Converts a row of `deployments`. @throws UnavailableError when a column has a value of another type. */
export function deploymentFromRow(raw: RawRow): Deployment {
  const row = new Row("deployments", raw);
  return {
    id: row.integer("id"),
    alias: row.text("alias"),
    version: row.integer("version"),
    previousVersion: row.integerOrNull("previous_version"),
    action: row.oneOf("action", ACTIONS),
    by: row.text("by"),
    reason: row.text("reason"),
    createdAt: row.text("created_at"),
  };
}
