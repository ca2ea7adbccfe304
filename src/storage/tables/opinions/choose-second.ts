import type { Database } from "bun:sqlite";
import { MOST_OPINIONS } from "../../../domain/queue/opinion.ts";
import { type ChoiceQuery, NOT_OWN, valuesOf } from "./choice.ts";

/** Samples that one choice looks at: it stays short where almost none can be chosen, and the next starts elsewhere. */
const WINDOW = 2_000;

/**
 * Returns a labelled sample for a second opinion: one with fewer than two, those that others hold now included, neither
 * pinned nor in review. Within the caller's transaction.
 * @returns its id; null when there is none near the place.
 */
export function chooseSecond(database: Database, query: ChoiceQuery): string | null {
  const find = (side: ">=" | "<") =>
    database
      .query<{ id: string }, Record<string, string | number | Uint8Array>>(
        `SELECT id FROM (
           SELECT id, identity, writer, review FROM samples INDEXED BY samples_for_opinions
           WHERE state = 'labelled' AND identity IS NOT NULL AND identity ${side} $place
           ORDER BY identity LIMIT ${WINDOW}) AS samples
         WHERE (review IS NULL OR review IN ('passed', 'confirmed')) AND ${NOT_OWN}
           AND NOT EXISTS (SELECT 1 FROM label_opinions AS own INDEXED BY label_opinions_by_sample
             WHERE own.sample_id = samples.id AND own.labeller = $labeller)
           AND (SELECT count(*) FROM label_opinions AS given
             WHERE given.sample_id = samples.id AND given.kind = 'second')
             + (SELECT count(*) FROM queue_questions AS open
               WHERE open.sample_id = samples.id AND open.kind = 'second' AND open.expires_ms > $nowMs)
             < ${MOST_OPINIONS}
         ORDER BY identity LIMIT 1`,
      )
      .get({ ...valuesOf(query), nowMs: query.nowMs });
  return (find(">=") ?? find("<"))?.id ?? null;
}
