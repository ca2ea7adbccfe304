import type { Database } from "bun:sqlite";
import type { AnswerPairs } from "../../../domain/queue/kappa.ts";
import type { AgreementCounts, ContestedKnown, LabellerPairs } from "../../../domain/queue/opinion-store.ts";
import { countKnown } from "./known.ts";

/** Pairs of labellers that are read. */
const MOST_PAIRS = 20;
/** Known answers that are read. */
const MOST_CONTESTED = 10;

/** The first second opinion on each drawing. */
const FIRST = `SELECT * FROM label_opinions WHERE id IN
  (SELECT min(id) FROM label_opinions WHERE kind = 'second' GROUP BY sample_id)`;

/** Everyone's answer to each drawing with a second opinion, that of who labelled it included. */
const ANSWERS = `
  SELECT sample_id, labeller, answer FROM label_opinions WHERE kind = 'second'
  UNION ALL
  SELECT sample_id, first_labeller, 'label:' || expected FROM (${FIRST}) AS first
    WHERE first_labeller IS NOT NULL`;

/** Counts everything about agreement, see `AgreementCounts`. */
export function agreementCounts(database: Database): AgreementCounts {
  const totals = database
    .query<{ opinions: number; drawings: number }, []>(
      `SELECT count(*) AS opinions, count(DISTINCT sample_id) AS drawings FROM label_opinions
       WHERE kind = 'second'`,
    )
    .get();
  const firstPairs = database
    .query<AnswerPairs, []>(
      `SELECT 'label:' || expected AS first, answer AS second, count(*) AS n FROM (${FIRST}) AS first
       GROUP BY expected, answer ORDER BY n DESC, expected, answer`,
    )
    .all();
  const all = labellerPairs(database);
  return {
    opinions: totals?.opinions ?? 0,
    drawings: totals?.drawings ?? 0,
    firstPairs,
    byLabellers: all.slice(0, MOST_PAIRS),
    moreLabellers: Math.max(0, all.length - MOST_PAIRS),
    knownPool: countKnown(database),
    contested: contestedKnown(database),
  };
}

/** The answers of each two labellers to the drawings that both have answered, those with most in common first. */
function labellerPairs(database: Database): LabellerPairs[] {
  const rows = database
    .query<{ a: string; b: string; first: string; second: string; n: number }, []>(
      `WITH answers AS MATERIALIZED (${ANSWERS})
       SELECT one.labeller AS a, other.labeller AS b, one.answer AS first, other.answer AS second, count(*) AS n
       FROM answers AS one JOIN answers AS other
         ON one.sample_id = other.sample_id AND one.labeller < other.labeller
       GROUP BY a, b, first, second ORDER BY a, b, first, second`,
    )
    .all();
  const byPair = Map.groupBy(rows, ({ a, b }) => JSON.stringify([a, b]));
  return [...byPair.values()]
    .map((pairs) => ({
      labellers: [pairs[0]!.a, pairs[0]!.b] as const,
      pairs: pairs.map(({ first, second, n }) => ({ first, second, n })),
      n: pairs.reduce((sum, { n }) => sum + n, 0),
    }))
    .toSorted((a, b) => b.n - a.n)
    .map(({ labellers, pairs }) => ({ labellers, pairs }));
}

/** Known answers whose label is still the same, and to which someone's newest answer was another. */
function contestedKnown(database: Database): ContestedKnown[] {
  return database
    .query<ContestedKnown, { limit: number }>(
      `SELECT given.sample_id AS sampleId, samples.label, count(*) AS asked,
         sum(given.answer <> 'label:' || given.expected) AS otherwise
       FROM label_opinions AS given CROSS JOIN samples ON samples.id = given.sample_id
       WHERE given.kind = 'known' AND samples.state = 'labelled' AND samples.label = given.expected
         AND given.id = (SELECT max(id) FROM label_opinions AS newest WHERE newest.kind = 'known'
           AND newest.sample_id = given.sample_id AND newest.labeller = given.labeller)
       GROUP BY given.sample_id HAVING otherwise > 0
       ORDER BY otherwise DESC, asked, given.sample_id LIMIT $limit`,
    )
    .all({ limit: MOST_CONTESTED });
}
