import type { Database } from "bun:sqlite";
import type { SampleUse, TrainedModel } from "../../../domain/lineage/lineage-store.ts";
import { DEFAULT_PIPELINE } from "../../../domain/pipeline-names.ts";
import { decodeSide, sideOf } from "./run-data.ts";
import { CHUNK, type SideCode, unpackSides } from "./side-chunk.ts";

/** The part that a drawing has in a run; `runData` is the number of the run's data. */
interface Use {
  runData: number;
  code: SideCode;
  label: string | null;
}

/** A version with what its lineage needs. */
interface Version {
  version: number;
  run_id: string | null;
  parent_version: number | null;
}

/** Returns up to `limit` runs that used a drawing, whose data has a number below `before`, newest first. */
export function runsOf(
  database: Database,
  sampleId: string,
  { before, limit }: { before: number; limit: number },
): (SampleUse & { number: number })[] {
  const read = database.query<
    { run_id: string; sha256: string; pipeline: string; created_at: string; model_version: number | null },
    { number: number }
  >(
    `SELECT run_id, sha256, pipeline, created_at, model_version
     FROM run_data JOIN runs ON runs.id = run_id WHERE number = $number`,
  );
  return usesOf(database, sampleId, { before, limit })
    .toSorted((a, b) => b.runData - a.runData)
    .slice(0, limit)
    .flatMap(({ runData, code, label }) => {
      const run = read.get({ number: runData });
      if (run === null) return [];
      return {
        number: runData,
        runId: run.run_id,
        pipeline: run.pipeline,
        createdAt: run.created_at,
        modelVersion: run.model_version,
        dataSha256: run.sha256,
        label,
        ...decodeSide(database, code),
      };
    });
}

/** Returns all models that were trained on a drawing, newest first. */
export function modelsOf(database: Database, sampleId: string): TrainedModel[] {
  const byRun = new Map<string, { how: TrainedModel["how"]; label: string | null }>();
  for (const runId of runsWithoutData(database, storedAt(database, sampleId)))
    byRun.set(runId, { how: "not_recorded", label: null });
  const runIdOf = database.query<{ run_id: string }, { number: number }>(
    "SELECT run_id FROM run_data WHERE number = $number",
  );
  for (const { runData, code, label } of usesOf(database, sampleId)) {
    const how = howOf(code);
    const run = how === null ? null : runIdOf.get({ number: runData });
    if (how !== null && run !== null) byRun.set(run.run_id, { how, label });
  }
  return withDescendants(versionsOf(database), ({ run_id }) => byRun.get(run_id ?? "") ?? null)
    .map(({ version, own, inheritedFrom }) => ({
      version: version.version,
      runId: version.run_id,
      how: own?.how ?? ("inherited" as const),
      label: own?.label ?? null,
      inheritedFrom,
    }))
    .reverse();
}

/** Returns all versions, the oldest first. */
export function versionsOf(database: Database): Version[] {
  return database
    .query<Version, []>("SELECT version, run_id, parent_version FROM models ORDER BY version")
    .all();
}

/**
 * Returns the versions with something of their own, and those that were fine-tuned from one that is returned.
 * @param versions the oldest first: a version is newer than the one that it was fine-tuned from.
 */
export function withDescendants<Own>(
  versions: readonly Version[],
  ownOf: (version: Version) => Own | null,
): { version: Version; own: Own | null; inheritedFrom: number | null }[] {
  const having = new Set<number>();
  return versions.flatMap((version) => {
    const own = ownOf(version);
    const parent = version.parent_version;
    const inheritedFrom = own === null && parent !== null && having.has(parent) ? parent : null;
    if (own === null && inheritedFrom === null) return [];
    having.add(version.version);
    return { version, own, inheritedFrom };
  });
}

/**
 * Returns the runs since a time that made a model and have recorded no data: of earlier releases, or on a file. The
 * built-in pipelines that train from scratch use no drawings.
 */
export function runsWithoutData(database: Database, since: string): string[] {
  return database
    .query<{ id: string }, { since: string }>(
      `SELECT id FROM models JOIN runs ON runs.id = run_id
       WHERE runs.created_at >= $since AND pipeline NOT IN ('${DEFAULT_PIPELINE}', 'ds')
         AND NOT EXISTS (SELECT 1 FROM run_data WHERE run_data.run_id = runs.id)`,
    )
    .all({ since })
    .map(({ id }) => id);
}

/** Returns when a drawing was stored, the beginning of time when that is not known. */
function storedAt(database: Database, sampleId: string): string {
  const row = database
    .query<{ at: string | null }, { sampleId: string }>(
      `SELECT coalesce((SELECT created_at FROM samples WHERE id = $sampleId),
         (SELECT min(at) FROM sample_changes WHERE sample_id = $sampleId)) AS at`,
    )
    .get({ sampleId });
  return row?.at ?? "";
}

/** How a model has a drawing on a side; null when it was not trained with it. */
export function howOf(code: SideCode): "trained" | "chose_epoch" | null {
  const side = sideOf(code);
  return side === "train" ? "trained" : side === "valid" ? "chose_epoch" : null;
}

/**
 * Returns the uses of a drawing by runs, newest first for each content: a drawing whose label was corrected has several.
 * @param limit of uses for each content.
 */
function usesOf(
  database: Database,
  sampleId: string,
  { before, limit }: { before: number; limit: number } = ALL,
): Use[] {
  const contents = database
    .query<{ number: number; label: string | null }, { sampleId: string }>(
      "SELECT number, label FROM sample_contents WHERE sample_id = $sampleId ORDER BY number",
    )
    .all({ sampleId });
  const chunks = database.query<
    { run_data: number; sides: Uint8Array },
    { position: number; before: number }
  >(
    `SELECT run_data, sides FROM run_data_chunks WHERE position = $position AND run_data < $before
     ORDER BY run_data DESC`,
  );
  return contents.flatMap(({ number, label }) => {
    const uses: Use[] = [];
    for (const { run_data, sides } of chunks.iterate({ position: Math.floor(number / CHUNK), before })) {
      const code = unpackSides(sides)[number % CHUNK]!;
      if (code !== 0) uses.push({ runData: run_data, code, label });
      if (uses.length === limit) break;
    }
    return uses;
  });
}

const ALL = { before: Number.MAX_SAFE_INTEGER, limit: Number.POSITIVE_INFINITY };

/** Returns the chunks of all runs at a position. */
export function chunksAt(database: Database, position: number): { run_data: number; sides: Uint8Array }[] {
  return database
    .query<{ run_data: number; sides: Uint8Array }, { position: number }>(
      "SELECT run_data, sides FROM run_data_chunks WHERE position = $position",
    )
    .all({ position });
}
