import type { Database } from "bun:sqlite";
import { PAUSE_MS } from "../../../domain/queue/agreement.ts";
import type { LabellerCounts } from "../../../domain/queue/opinion-store.ts";

/**
 * The decisions that hold, each with the time since the labeller's one before, in milliseconds; null for those of a page
 * of the grid, which all have the time of the page.
 */
const TIMED = `
  SELECT labeller, at, CASE WHEN grid_action IS NULL THEN (julianday(at) - julianday(
    lag(at) OVER (PARTITION BY labeller ORDER BY at, id))) * 86400000.0 END AS since
  FROM queue_decisions INDEXED BY queue_decisions_by_time WHERE undone_at IS NULL`;

/** The answers to drawings that someone else has answered too, from both sides. */
const SHARED = `
  SELECT labeller, answer = 'label:' || expected AS is_equal FROM label_opinions WHERE kind = 'second'
  UNION ALL
  SELECT first_labeller, answer = 'label:' || expected FROM label_opinions
    WHERE kind = 'second' AND first_labeller IS NOT NULL`;

/** Counts the answers of labellers, those who answered last first, see `OpinionStore.labellers`. */
export function labellerCounts(
  database: Database,
  limit: number,
): { labellers: LabellerCounts[]; total: number } {
  const labellers = database
    .query<LabellerCounts, { limit: number; pauseMs: number }>(
      `WITH active AS MATERIALIZED (
         SELECT labeller, count(*) AS answers, max(at) AS lastAt,
           count(CASE WHEN since <= $pauseMs THEN 1 END) AS followed,
           coalesce(sum(CASE WHEN since <= $pauseMs THEN since END), 0) AS activeMs
         FROM (${TIMED}) AS timed GROUP BY labeller ORDER BY lastAt DESC, labeller LIMIT $limit),
       known AS MATERIALIZED (
         SELECT labeller, count(*) AS n, sum(answer = 'label:' || expected) AS correct
         FROM label_opinions WHERE kind = 'known' GROUP BY labeller),
       shared AS MATERIALIZED (
         SELECT labeller, count(*) AS n, sum(is_equal) AS equal FROM (${SHARED}) AS both GROUP BY labeller)
       SELECT active.labeller, active.answers, active.lastAt, active.followed, active.activeMs,
         coalesce(known.n, 0) AS known, coalesce(known.correct, 0) AS right,
         coalesce(shared.n, 0) AS shared, coalesce(shared.equal, 0) AS equal
       FROM active LEFT JOIN known USING (labeller) LEFT JOIN shared USING (labeller)
       ORDER BY active.lastAt DESC, active.labeller`,
    )
    .all({ limit, pauseMs: PAUSE_MS });
  const total = database
    .query<{ n: number }, []>(
      "SELECT count(DISTINCT labeller) AS n FROM queue_decisions WHERE undone_at IS NULL",
    )
    .get();
  return { labellers, total: total?.n ?? 0 };
}
