import type { Database } from "bun:sqlite";
import type { LabelledDrawing } from "../../../domain/trials/trial.ts";
import { type RawRow, Row } from "../../row.ts";

/** The number of newest labels among which the writers are counted before a trial. */
const RECENT_LABELS = 1_000;

/** The arrival of the newest sample; "" when there is none. */
export function newestArrival(database: Database): string {
  return (
    database.query<{ newest: string | null }, []>("SELECT max(arrival) AS newest FROM samples").get()
      ?.newest ?? ""
  );
}

/** How many writers with a name are among the newest labels. */
export function writersAmongNewest(database: Database): number {
  const row = database
    .query<{ n: number }, { limit: number }>(
      `SELECT count(DISTINCT writer) AS n FROM
         (SELECT writer FROM samples INDEXED BY samples_by_arrival ORDER BY arrival DESC LIMIT $limit)`,
    )
    .get({ limit: RECENT_LABELS });
  return row?.n ?? 0;
}

/** Labels given here, oldest first, among the next `limit` samples; images of imported samples are not read. */
export function labelsAfter(
  database: Database,
  arrival: string,
  limit: number,
): { labels: LabelledDrawing[]; seen: string | null } {
  const rows = database
    .query<RawRow, { arrival: string; limit: number }>(
      `SELECT id, arrival, label, writer, predicted, source,
         CASE WHEN source = 'import' OR state <> 'labelled' THEN NULL ELSE pixels END AS pixels
       FROM samples INDEXED BY samples_by_arrival WHERE arrival > $arrival ORDER BY arrival LIMIT $limit`,
    )
    .all({ arrival, limit });
  const last = rows.at(-1);
  return {
    labels: rows.filter(({ pixels }) => pixels !== null).map(labelFromRow),
    seen: last === undefined ? null : new Row("samples", last).text("arrival"),
  };
}

function labelFromRow(raw: RawRow): LabelledDrawing {
  const row = new Row("samples", raw);
  return {
    id: row.text("id"),
    arrival: row.text("arrival"),
    pixels: row.bytes("pixels"),
    label: row.text("label"),
    writer: row.textOrNull("writer"),
    isPrompted: row.textOrNull("predicted") !== null,
  };
}
