import type { Database } from "bun:sqlite";
import type { Deployment } from "../../domain/deployment.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import type { Model, NewModel } from "../../domain/model.ts";
import type { ModelStore } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { Connection } from "../connection.ts";
import type { RawRow } from "../row.ts";
import { type AliasMove, aliasVersions, moveAlias, readDeployments } from "./deployments.ts";
import { modelFromRow } from "./model-row.ts";

/** The table `models`; `deployments.ts` has the tables of aliases and deployments. */
export class SqliteModels implements ModelStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async create(model: NewModel): Promise<Model> {
    const createdAt = this.#clock.now().toISOString();
    return this.#connection.write("register a model", (database) => {
      if (model.parentVersion !== null) requireModel(database, model.parentVersion);
      const { lastInsertRowid } = database
        .query(
          `INSERT INTO models (name, key, sha256, run_id, parent_version, metrics, gate, state, created_at)
           VALUES ($name, $key, $sha256, $runId, $parentVersion, $metrics, $gate, $state, $createdAt)`,
        )
        .run({
          name: model.name,
          key: model.key,
          sha256: model.sha256,
          runId: model.runId,
          parentVersion: model.parentVersion,
          metrics: JSON.stringify(encodeMetrics(model.metrics)),
          gate: model.gate === null ? null : JSON.stringify(model.gate),
          state: model.state,
          createdAt,
        });
      return requireModel(database, Number(lastInsertRowid));
    });
  }

  async get(version: number): Promise<Model | null> {
    return this.#connection.read("read a model", (database) => findModel(database, version));
  }

  async list(): Promise<Model[]> {
    return this.#connection.read("read the models", (database) =>
      database.query<RawRow, []>("SELECT * FROM models ORDER BY version DESC").all().map(modelFromRow),
    );
  }

  async update(version: number, change: Partial<Pick<Model, "state" | "metrics" | "gate">>): Promise<Model> {
    return this.#connection.write("change a model", (database) => {
      const { state, metrics, gate } = { ...requireModel(database, version), ...change };
      database
        .query("UPDATE models SET state = $state, metrics = $metrics, gate = $gate WHERE version = $version")
        .run({
          version,
          state,
          metrics: JSON.stringify(encodeMetrics(metrics)),
          gate: gate === null ? null : JSON.stringify(gate),
        });
      return requireModel(database, version);
    });
  }

  async aliases(): Promise<Record<string, number>> {
    return this.#connection.read("read the aliases", aliasVersions);
  }

  async moveAlias(move: AliasMove): Promise<Deployment> {
    const createdAt = this.#clock.now().toISOString();
    return this.#connection.write("move an alias", (database) => {
      requireModel(database, move.version);
      return moveAlias(database, move, createdAt);
    });
  }

  async deployments(query?: { alias?: string; limit?: number }): Promise<Deployment[]> {
    return this.#connection.read("read the deployments", (database) => readDeployments(database, query));
  }
}

function findModel(database: Database, version: number): Model | null {
  const raw = database
    .query<RawRow, { version: number }>("SELECT * FROM models WHERE version = $version")
    .get({ version });
  return raw === null ? null : modelFromRow(raw);
}

function requireModel(database: Database, version: number): Model {
  const model = findModel(database, version);
  if (model === null) throw new NotFoundError(`There is no model version ${version}`);
  return model;
}
