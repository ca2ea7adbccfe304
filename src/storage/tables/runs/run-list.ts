import type { RunSort } from "../../../domain/runs/run-annotations.ts";
import type { RunStore } from "../../../domain/store.ts";

type Query = Parameters<RunStore["list"]>[0];

/** The key and the direction of each order; runs without a value come last. Ties are ordered by `seq`. */
const KEYS: Readonly<Record<RunSort, { key: string; order: "ASC" | "DESC" }>> = {
  newest: { key: "0", order: "DESC" },
  oldest: { key: "0", order: "ASC" },
  duration: { key: "coalesce(julianday(finished_at) - julianday(started_at), -1)", order: "DESC" },
  holdout: { key: "coalesce(json_extract(metrics, '$.app_holdout.accuracy'), -1)", order: "DESC" },
  mnist: { key: "coalesce(json_extract(metrics, '$.mnist_test.accuracy'), -1)", order: "DESC" },
};
/** More words than this are a mistake. */
const MAX_WORDS = 10;

/**
 * Returns the SQL of one page of runs, and its values. Each word of a search is a part of the run's id, pipeline, tag,
 * note, or of a parameter as `name=value`.
 */
export function listSql(
  query: Query,
  limit: number,
): { sql: string; values: Record<string, string | number> } {
  const { cursor, status, pipeline, pipelines, search = "", tag, sort = "newest" } = query;
  const { key, order } = KEYS[sort];
  const values: Record<string, string | number> = { limit };
  const conditions: string[] = [];
  const add = (condition: string, name: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values[name] = value;
  };
  add("status = $status", "status", status);
  add("pipeline = $pipeline", "pipeline", pipeline);
  add(
    "pipeline IN (SELECT value FROM json_each($pipelines))",
    "pipelines",
    pipelines === undefined ? undefined : JSON.stringify(pipelines),
  );
  add("id IN (SELECT run_id FROM run_tags WHERE tag = $tag)", "tag", tag);
  for (const [i, word] of wordsOf(search).entries()) add(matches(`$word${i}`), `word${i}`, patternOf(word));
  const isAfter = order === "DESC" ? "<" : ">";
  const isPlain = key === "0";
  add(
    isPlain
      ? `seq ${isAfter} (SELECT seq FROM runs WHERE id = $cursor)`
      : `(${key}, seq) ${isAfter} (SELECT ${key}, seq FROM runs WHERE id = $cursor)`,
    "cursor",
    cursor,
  );
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const by = isPlain ? `seq ${order}` : `${key} ${order}, seq ${order}`;
  return { sql: `SELECT * FROM runs ${where} ORDER BY ${by} LIMIT $limit`, values };
}

function wordsOf(search: string): string[] {
  return search
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, MAX_WORDS);
}

/** A pattern of LIKE that finds the word anywhere, with its own wildcards taken literally. */
function patternOf(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function matches(word: string): string {
  const like = (value: string) => `${value} LIKE ${word} ESCAPE '\\'`;
  // `fullkey` is `$.first.images`, with quotes around keys that have other signs than letters and digits.
  const parameter = `replace(substr(fullkey, 3), '"', '') || '=' || CASE WHEN type IN ('true', 'false', 'null') THEN type ELSE atom END`;
  return `(${[
    like("id"),
    like("pipeline"),
    `EXISTS (SELECT 1 FROM run_tags WHERE run_id = runs.id AND ${like("tag")})`,
    `EXISTS (SELECT 1 FROM run_notes WHERE run_id = runs.id AND ${like("note")})`,
    `EXISTS (SELECT 1 FROM json_tree(runs.params) AS one WHERE type NOT IN ('object', 'array') AND ${like(`(${parameter})`)})`,
  ].join(" OR ")})`;
}
