import type { Database } from "bun:sqlite";
import type { Actor } from "../../domain/actor.ts";
import type { Deployment, DeploymentPeriod, DeploymentQuery } from "../../domain/deployment.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import type { Model, ModelFileRecord, NewModel } from "../../domain/model.ts";
import type { ModelChange, NewModelChange } from "../../domain/model-change.ts";
import type { ModelStore } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError, NotFoundError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { Connection } from "../connection.ts";
import type { RawRow } from "../row.ts";
import {
  type AliasMove,
  aliasVersions,
  moveAlias,
  readDeploymentLog,
  readDeployments,
} from "./deployments.ts";
import { addChange, pointAlias, putTag, readChanges } from "./model-annotations.ts";
import { fileRecordFromRow, MODEL_COLUMNS, modelFromRow } from "./model-row.ts";

/** The table `models`; `deployments.ts` and `model-annotations.ts` have the tables that refer to it. */
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
      database
        .query<RawRow, []>(`SELECT ${MODEL_COLUMNS} FROM models ORDER BY version DESC`)
        .all()
        .map(modelFromRow),
    );
  }

  async page({ limit, before }: { limit: number; before?: number }): Promise<Model[]> {
    const below = before === undefined ? "" : "WHERE version < $before";
    return this.#connection.read("read the models", (database) =>
      database
        .query<RawRow, [Record<string, number>]>(
          `SELECT ${MODEL_COLUMNS} FROM models ${below} ORDER BY version DESC LIMIT $limit`,
        )
        .all({ limit, ...(before === undefined ? {} : { before }) })
        .map(modelFromRow),
    );
  }

  async files(): Promise<ModelFileRecord[]> {
    return this.#connection.read("read the models", (database) =>
      database
        .query<RawRow, []>(
          "SELECT version, key, sha256, run_id, state, deleted_at FROM models INDEXED BY models_by_files ORDER BY version DESC",
        )
        .all()
        .map(fileRecordFromRow),
    );
  }

  async update(version: number, change: Parameters<ModelStore["update"]>[1]): Promise<Model> {
    return this.#connection.write("change a model", (database) => {
      const { metrics, gate } = { ...requireModel(database, version), ...change };
      database
        .query(
          `UPDATE models SET state = ifnull($state, state), metrics = $metrics, gate = $gate WHERE version = $version`,
        )
        .run({
          version,
          state: change.state ?? null,
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
      requireFiles(database, move.version);
      return moveAlias(database, move, createdAt);
    });
  }

  async setAlias(alias: string, version: number, actor: Actor): Promise<void> {
    const createdAt = this.#clock.now().toISOString();
    await this.#connection.write("set an alias", (database) => {
      requireFiles(database, version);
      const isMoved = pointAlias(database, alias, version);
      if (isMoved) addChange(database, { version, what: "alias_set", detail: alias, actor }, createdAt);
    });
  }

  async removeAlias(alias: string, actor: Actor): Promise<number | null> {
    const createdAt = this.#clock.now().toISOString();
    return this.#connection.write("remove an alias", (database) => {
      const version = aliasVersions(database)[alias] ?? null;
      if (version === null) return null;
      database.query("DELETE FROM model_aliases WHERE alias = $alias").run({ alias });
      addChange(database, { version, what: "alias_removed", detail: alias, actor }, createdAt);
      return version;
    });
  }

  async annotate(
    version: number,
    { note, tags = {} }: Parameters<ModelStore["annotate"]>[1],
    actor: Actor,
  ): Promise<Model> {
    const createdAt = this.#clock.now().toISOString();
    return this.#connection.write("change a model", (database) => {
      const before = requireModel(database, version);
      const record = (what: "note" | "tag_set" | "tag_removed", detail: string) =>
        addChange(database, { version, what, detail, actor }, createdAt);
      if (note !== undefined && note !== before.note) {
        database.query("UPDATE models SET note = $note WHERE version = $version").run({ version, note });
        record("note", "");
      }
      for (const [key, value] of Object.entries(tags)) {
        if (!putTag(database, version, key, value)) continue;
        if (value === null) record("tag_removed", key);
        else record("tag_set", `${key}=${value}`);
      }
      return requireModel(database, version);
    });
  }

  async markDeleted(change: NewModelChange): Promise<Model> {
    const { version } = change;
    const createdAt = this.#clock.now().toISOString();
    return this.#connection.write("delete a model", (database) => {
      requireFiles(database, version);
      const alias = Object.entries(aliasVersions(database)).find(([, points]) => points === version)?.[0];
      if (alias !== undefined) {
        throw new ConflictError(`Version ${version} cannot be deleted: the alias "${alias}" points to it`, {
          says: saying("aliasPoints", { version, alias }),
        });
      }
      database
        .query("UPDATE models SET deleted_at = $createdAt WHERE version = $version")
        .run({ version, createdAt });
      addChange(database, change, createdAt);
      return requireModel(database, version);
    });
  }

  async addChange(change: NewModelChange): Promise<void> {
    const createdAt = this.#clock.now().toISOString();
    await this.#connection.write("record a change of a model", (database) =>
      addChange(database, change, createdAt),
    );
  }

  async changes(query: Parameters<ModelStore["changes"]>[0]): Promise<ModelChange[]> {
    return this.#connection.read("read the changes of models", (database) => readChanges(database, query));
  }

  async deploymentLog(query: DeploymentQuery): Promise<DeploymentPeriod[]> {
    return this.#connection.read("read the deployments", (database) => readDeploymentLog(database, query));
  }

  async deployments(query?: { alias?: string; limit?: number }): Promise<Deployment[]> {
    return this.#connection.read("read the deployments", (database) => readDeployments(database, query));
  }
}

function findModel(database: Database, version: number): Model | null {
  const raw = database
    .query<RawRow, { version: number }>(`SELECT ${MODEL_COLUMNS} FROM models WHERE version = $version`)
    .get({ version });
  return raw === null ? null : modelFromRow(raw);
}

function requireModel(database: Database, version: number): Model {
  const model = findModel(database, version);
  if (model === null) throw new NotFoundError(`There is no model version ${version}`);
  return model;
}

/** @throws NotFoundError when there is no such version; ConflictError when its files were removed. */
function requireFiles(database: Database, version: number): void {
  if (requireModel(database, version).state !== "deleted") return;
  throw new ConflictError(`The files of version ${version} were removed, so it can no longer be used`, {
    says: saying("deletedVersion", { version }),
  });
}
