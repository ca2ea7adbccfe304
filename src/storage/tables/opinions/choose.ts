import type { Database } from "bun:sqlite";
import { LEAST_KNOWN } from "../../../domain/queue/check-choice.ts";
import { MOST_OPINIONS } from "../../../domain/queue/opinion.ts";

/** The labeller, and from where the search begins, see `placeOf`. */
export interface ChoiceQuery {
  labeller: string;
  place: Uint8Array;
  /** Ids of samples that are not chosen. */
  without: ReadonlySet<string>;
  nowMs: number;
}

/** Samples that one choice looks at: it stays short where almost none can be chosen, and the next begins elsewhere. */
const WINDOW = 2_000;

/** The samples that the labeller has not labelled, and has not given a second opinion on. */
const NOT_OWN = `(writer IS NULL OR writer <> $labeller)
  AND NOT EXISTS (SELECT 1 FROM queue_decisions AS own WHERE own.item_id = samples.id AND own.labeller = $labeller
    AND own.kind <> 'known' AND own.undone_at IS NULL)
  AND id NOT IN (SELECT value FROM json_each($without))`;

/**
 * Returns a labelled sample for a second opinion: one with fewer than two, those that others hold now included,
 * neither pinned nor in review. Within the caller's transaction.
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
           AND NOT EXISTS (SELECT 1 FROM label_opinions AS own
             WHERE own.sample_id = samples.id AND own.labeller = $labeller)
           AND (SELECT count(*) FROM label_opinions AS given
             WHERE given.sample_id = samples.id AND given.kind = 'second')
             + (SELECT count(*) FROM queue_questions AS asked
               WHERE asked.sample_id = samples.id AND asked.kind = 'second' AND asked.expires_ms > $nowMs)
             < ${MOST_OPINIONS}
         ORDER BY identity LIMIT 1`,
      )
      .get(valuesOf(query));
  return (find(">=") ?? find("<"))?.id ?? null;
}

/**
 * The samples whose label is known: pinned, confirmed, or with two second opinions that both are the label, and none that
 * is not.
 */
const KNOWN = `
  SELECT id, identity, writer FROM samples INDEXED BY samples_known
    WHERE state = 'labelled' AND identity IS NOT NULL AND review IN ('confirmed', 'pinned')
  UNION
  SELECT samples.id, identity, writer FROM label_opinions AS given JOIN samples ON samples.id = given.sample_id
    WHERE given.kind = 'second' AND samples.state = 'labelled' AND identity IS NOT NULL
      AND (samples.review IS NULL OR samples.review = 'passed')
    GROUP BY samples.id
    HAVING count(*) >= ${MOST_OPINIONS} AND min(given.answer = 'label:' || samples.label) = 1`;

/** Counts the samples whose label is known. */
export function countKnown(database: Database): number {
  return database.query<{ n: number }, []>(`SELECT count(*) AS n FROM (${KNOWN})`).get()?.n ?? 0;
}

/**
 * Returns a sample whose label is known, with the label. One that the labeller has not answered yet comes first, else the
 * one that was answered longest ago. Within the caller's transaction.
 * @returns null when there are too few of them, or none of someone else.
 */
export function chooseKnown(database: Database, query: ChoiceQuery): { id: string; label: string } | null {
  if (countKnown(database) < LEAST_KNOWN) return null;
  const { nowMs: _, ...values } = valuesOf(query);
  const row = database
    .query<{ id: string }, Record<string, string | number | Uint8Array>>(
      `SELECT id, (SELECT max(own.id) FROM label_opinions AS own
           WHERE own.sample_id = samples.id AND own.labeller = $labeller AND own.kind = 'known') AS answered
       FROM (${KNOWN}) AS samples
       WHERE ${NOT_OWN}
         AND NOT EXISTS (SELECT 1 FROM label_opinions AS own
           WHERE own.sample_id = samples.id AND own.labeller = $labeller AND own.kind = 'second')
       ORDER BY answered IS NOT NULL, answered, identity < $place, identity LIMIT 1`,
    )
    .get(values as Record<string, string | Uint8Array>);
  if (row === null) return null;
  return database
    .query<{ id: string; label: string }, { id: string }>("SELECT id, label FROM samples WHERE id = $id")
    .get({ id: row.id });
}

function valuesOf({ labeller, place, without, nowMs }: ChoiceQuery) {
  return { labeller, place, without: JSON.stringify([...without]), nowMs };
}
