import type { Database } from "bun:sqlite";
import { encodeActor } from "../../domain/actor.ts";
import type { Deployment, DeploymentPeriod, DeploymentQuery } from "../../domain/deployment.ts";
import type { ModelStore } from "../../domain/store.ts";
import { ConflictError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { RawRow } from "../row.ts";
import { deploymentFromRow, periodFromRow } from "./model-row.ts";

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
  const { expectedPrevious, ...moved } = move;
  const { alias, version, action, by, actor, isForced, verdict, reason } = moved;
  const previousVersion = aliasVersions(database)[alias] ?? null;
  if (expectedPrevious !== undefined && expectedPrevious !== previousVersion) {
    throw new ConflictError(
      `Cannot move "${alias}" to version ${version}: expected it to point to ${nameOf(expectedPrevious)}, but it points to ${nameOf(previousVersion)}. Check the current version and try again`,
      {
        says: saying("aliasMoved", {
          ...{ alias, version, expected: expectedPrevious ?? "–", found: previousVersion ?? "–" },
        }),
      },
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
      `INSERT INTO deployments
         (alias, version, previous_version, action, "by", actor, is_forced, verdict, reason, created_at)
       VALUES ($alias, $version, $previousVersion, $action, $by, $actor, $isForced, $verdict, $reason, $createdAt)`,
    )
    .run({
      ...{ alias, version, previousVersion, action, by, verdict, reason, createdAt },
      actor: actor === null ? null : encodeActor(actor),
      isForced: isForced === null ? null : Number(isForced),
    });
  return { ...moved, id: Number(lastInsertRowid), previousVersion, createdAt };
}

/**
 * Returns one page of the log, newest first. A period is found by its first deployment: the last one before the period
 * begins. So the time does not grow with the log.
 */
export function readDeploymentLog(
  database: Database,
  { alias, limit, before, during }: DeploymentQuery,
): DeploymentPeriod[] {
  const from = during === undefined ? null : lastIdAt(database, alias, during.from);
  const conditions = [
    "d.alias = $alias",
    ...(before === undefined ? [] : ["d.id < $before"]),
    ...(during === undefined ? [] : ["d.created_at < $to"]),
    ...(from === null ? [] : ["d.id >= $from"]),
  ];
  return database
    .query<RawRow, [Record<string, string | number>]>(
      `SELECT d.*, (SELECT n.created_at FROM deployments n WHERE n.alias = d.alias AND n.id > d.id ORDER BY n.id LIMIT 1)
         AS until
       FROM deployments d WHERE ${conditions.join(" AND ")} ORDER BY d.id DESC LIMIT $limit`,
    )
    .all({
      ...{ alias, limit },
      ...(before === undefined ? {} : { before }),
      ...(during === undefined ? {} : { to: during.to }),
      ...(from === null ? {} : { from }),
    })
    .map(periodFromRow);
}

/** The deployment that was in force at a time; null when there was none yet. */
function lastIdAt(database: Database, alias: string, at: string): number | null {
  return (
    database
      .query<{ id: number }, { alias: string; at: string }>(
        `SELECT id FROM deployments WHERE alias = $alias AND created_at <= $at ORDER BY created_at DESC, id DESC LIMIT 1`,
      )
      .get({ alias, at })?.id ?? null
  );
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
  return `version ${version ?? "–"}`;
}
