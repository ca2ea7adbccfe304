import type { Database } from "bun:sqlite";
import { LEAST_KNOWN } from "../../../domain/queue/check-choice.ts";
import { MOST_OPINIONS } from "../../../domain/queue/opinion.ts";
import { type ChoiceQuery, NOT_OWN, valuesOf } from "./choice.ts";
import { STANDING } from "./standing.ts";

type Values = Record<string, string | number | Uint8Array>;

/** A condition on `samples`: pinned, or confirmed in review. */
const DECIDED = `samples.state = 'labelled' AND samples.identity IS NOT NULL
  AND samples.review IN ('confirmed', 'pinned')`;

/** A condition on `samples`: neither of these, and with two second opinions that are the label, and none that is not. */
const REPEATED = `samples.state = 'labelled' AND samples.identity IS NOT NULL
  AND (samples.review IS NULL OR samples.review = 'passed')
  AND (SELECT count(*) >= ${MOST_OPINIONS} AND min(given.answer = 'label:' || samples.label) = 1
    FROM (${STANDING} AND given.sample_id = samples.id AND given.kind = 'second') AS given) = 1`;

/** The ids of samples that have had enough second opinions, all equal at first. */
const OFTEN = `SELECT sample_id FROM label_opinions INDEXED BY label_opinions_by_sample WHERE kind = 'second'
  GROUP BY sample_id HAVING count(*) >= ${MOST_OPINIONS} AND min(answer) = max(answer)`;

/** Counts the samples whose label is known, up to `most`. */
export function countKnown(database: Database, most = Number.MAX_SAFE_INTEGER): number {
  const count = (rows: string, limit: number) =>
    database
      .query<{ n: number }, { limit: number }>(`SELECT count(*) AS n FROM (${rows} LIMIT $limit)`)
      .get({ limit })?.n ?? 0;
  const decided = count(`SELECT 1 FROM samples INDEXED BY samples_known WHERE ${DECIDED}`, most);
  if (decided >= most) return decided;
  const repeated = `SELECT 1 FROM (${OFTEN}) AS often CROSS JOIN samples ON samples.id = often.sample_id WHERE ${REPEATED}`;
  return decided + count(repeated, most - decided);
}

/**
 * Returns a sample whose label is known, with the label. One that the labeller has not answered yet comes first, else the
 * one that was answered longest ago. Within the caller's transaction.
 * @returns null when there are too few of them, or none of someone else.
 */
export function chooseKnown(database: Database, query: ChoiceQuery): { id: string; label: string } | null {
  if (countKnown(database, LEAST_KNOWN) < LEAST_KNOWN) return null;
  const { place, ...own } = valuesOf(query);
  const find = (sql: string, values: Values) =>
    database.query<{ id: string; label: string }, Values>(`${sql} LIMIT 1`).get({ ...own, ...values });
  const decided = () => find(DECIDED_FROM(">="), { place }) ?? find(DECIDED_FROM("<"), { place });
  const from = opinionAt(database, place);
  const repeated = () => find(REPEATED_FROM(">="), { from }) ?? find(REPEATED_FROM("<"), { from });
  // Which of the two comes first is drawn, too.
  const isDecidedFirst = place[1]! % 2 === 0;
  return (isDecidedFirst ? (decided() ?? repeated()) : (repeated() ?? decided())) ?? find(ANSWERED, {});
}

/** The id of an opinion, as far between the first and the newest as the place is between all identities. */
function opinionAt(database: Database, place: Uint8Array): number {
  const row = database.query<{ id: number | null }, []>("SELECT max(id) AS id FROM label_opinions").get();
  return Math.floor(((row?.id ?? 0) * place[0]!) / 256);
}

/** A condition on `samples`: the labeller has given no opinion about it, of this kind or any. */
const UNANSWERED = (kind: "" | "AND own.kind = 'second'" = "") =>
  `NOT EXISTS (SELECT 1 FROM label_opinions AS own INDEXED BY label_opinions_by_sample
    WHERE own.sample_id = samples.id AND own.labeller = $labeller ${kind})`;

const DECIDED_FROM = (side: ">=" | "<") =>
  `SELECT samples.id, samples.label FROM samples INDEXED BY samples_known
   WHERE ${DECIDED} AND samples.identity ${side} $place AND ${NOT_OWN} AND ${UNANSWERED()} ORDER BY samples.identity`;

/** In the order of their opinions. */
const REPEATED_FROM = (side: ">=" | "<") =>
  `SELECT samples.id, samples.label FROM label_opinions AS first
     CROSS JOIN samples ON samples.id = first.sample_id
   WHERE first.kind = 'second'
     AND first.id ${side} $from
     AND first.sample_id IN (${OFTEN}) AND ${NOT_OWN} AND ${UNANSWERED()} AND ${REPEATED} ORDER BY first.id`;

/** The known answers that the labeller has given, the longest ago first. */
const ANSWERED = `SELECT samples.id, samples.label FROM
    (SELECT sample_id, max(id) AS newest FROM label_opinions INDEXED BY label_opinions_by_labeller
     WHERE labeller = $labeller AND kind = 'known' GROUP BY sample_id) AS answered
  CROSS JOIN samples ON samples.id = answered.sample_id
  WHERE ((${DECIDED}) OR (${REPEATED})) AND ${NOT_OWN} AND ${UNANSWERED("AND own.kind = 'second'")}
  ORDER BY answered.newest`;
