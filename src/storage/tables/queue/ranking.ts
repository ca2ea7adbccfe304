import type { Database } from "bun:sqlite";
import type { QueueImage, QueueRanking } from "../../../domain/queue/queue-store.ts";
import { type RawRow, Row } from "../../row.ts";

/** Does the work of `QueueStore.draw`: identities are hashes, so neighbours of any hash are an even choice. */
export function drawSome(database: Database, seed: number, limit: number): string[] {
  const start = new Bun.CryptoHasher("sha256").update(String(seed)).digest().subarray(0, 16);
  const find = (condition: string, n: number) =>
    database
      .query<{ id: string }, { start: Uint8Array }>(
        `SELECT id FROM queue_drawings WHERE identity ${condition} $start AND discarded_at IS NULL
         ORDER BY identity LIMIT ${n}`,
      )
      .all({ start })
      .map(({ id }) => id);
  const after = find(">=", limit);
  return [...after, ...(after.length < limit ? find("<", limit - after.length) : [])];
}

/** Does the work of `QueueStore.images`. */
export function imagesOf(database: Database, ids: readonly string[]): QueueImage[] {
  const find = database.query<QueueImage, { id: string }>(
    "SELECT id, pixels FROM queue_drawings WHERE id = $id AND discarded_at IS NULL",
  );
  return ids.flatMap((id) => find.all({ id }));
}

/** Does the work of `QueueStore.putRanking`, within the caller's transaction. */
export function putRanking(
  database: Database,
  ids: readonly string[],
  { seed, modelVersion, candidates, covered, at }: Omit<QueueRanking, "left" | "ranked">,
): void {
  database.run(
    "UPDATE queue_drawings SET diversity_rank = NULL WHERE discarded_at IS NULL AND diversity_rank IS NOT NULL",
  );
  const update = database.query("UPDATE queue_drawings SET diversity_rank = $rank WHERE id = $id");
  ids.forEach((id, rank) => void update.run({ id, rank }));
  database
    .query(
      `INSERT OR REPLACE INTO queue_ranking (id, seed, model_version, candidates, covered, ranked, at)
       VALUES (1, $seed, $modelVersion, $candidates, $covered, $ranked, $at)`,
    )
    .run({ seed, modelVersion, candidates, covered, ranked: ids.length, at });
}

/** Does the work of `QueueStore.ranking`. */
export function findRanking(database: Database): QueueRanking | null {
  const raw = database
    .query<RawRow, []>(
      `SELECT *, (SELECT count(*) FROM queue_drawings
         WHERE discarded_at IS NULL AND diversity_rank IS NOT NULL) AS remaining FROM queue_ranking`,
    )
    .get();
  if (raw === null) return null;
  const row = new Row("queue_ranking", raw);
  return {
    seed: row.integer("seed"),
    modelVersion: row.integerOrNull("model_version"),
    candidates: row.integer("candidates"),
    covered: row.integer("covered"),
    ranked: row.integer("ranked"),
    left: row.integer("remaining"),
    at: row.text("at"),
  };
}
