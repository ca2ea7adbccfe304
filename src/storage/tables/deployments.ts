import type { Database } from "bun:sqlite";
import type { Deployment } from "../../domain/deployment.ts";
import type { ModelStore } from "../../domain/store.ts";
import { ConflictError } from "../../lib/errors.ts";
import type { RawRow } from "../row.ts";
import { deploymentFromRow } from "./model-row.ts";

/** The alias to move, its new version, and who or what moves it. */
export type AliasMove = Parameters<ModelStore["moveAlias"]>[0];

/** Returns the version of each alias. */
export function aliasVersions(database: Database): Record<string, number> {
  const rows = database.query<{ alias: string; version: number }, []>("SELECT * FROM model_aliases").all();
  // Without a prototype: an alias that does not exist may be called "constructor".
  const versions: Record<string, number> = Object.create(null);
  for (const { alias, version } of rows) versions[alias] = version;
  return versions;
}

/**
 * Moves the alias and appends the deployment, within the caller's transaction.
 * @throws ConflictError when `expectedPrevious` is given and the alias points elsewhere (null: to nothing).
 */
export function moveAlias(database: Database, move: AliasMove, createdAt: string): Deployment {
  const { alias, version, action, by, reason, expectedPrevious } = move;
  const previousVersion = aliasVersions(database)[alias] ?? null;
  if (expectedPrevious !== undefined && expectedPrevious !== previousVersion) {
    throw new ConflictError(
      `Cannot move "${alias}" to version ${version}: expected it to point to ${nameOf(expectedPrevious)}, but it points to ${nameOf(previousVersion)}. Check the current version and try again`,
    );
  }
  database
    .query(
      `INSERT INTO model_aliases (alias, version) VALUES ($alias, $version)
       ON CONFLICT (alias) DO UPDATE SET version = excluded.version`,
    )
    .run({ alias, version });
  const { lastInsertRowid } = database
    .query(
      `INSERT INTO deployments (alias, version, previous_version, action, "by", reason, created_at)
       VALUES ($alias, $version, $previousVersion, $action, $by, $reason, $createdAt)`,
    )
    .run({ alias, version, previousVersion, action, by, reason, createdAt });
  return { id: Number(lastInsertRowid), alias, version, previousVersion, action, by, reason, createdAt };
}

/** Returns the deployments, newest first; all of them by default. */
export function readDeployments(
  database: Database,
  { alias, limit = -1 }: { alias?: string; limit?: number } = {},
): Deployment[] {
  const ofAlias = alias === undefined ? "" : "WHERE alias = $alias";
  return database
    .query<RawRow, [Record<string, string | number>]>(
      `SELECT * FROM deployments ${ofAlias} ORDER BY id DESC LIMIT $limit`,
    )
    .all({ limit, ...(alias === undefined ? {} : { alias }) })
    .map(deploymentFromRow);
}

function nameOf(version: number | null): string {
  return version === null ? "nothing" : `version ${version}`;
}
