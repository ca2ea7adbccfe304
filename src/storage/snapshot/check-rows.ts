import type { Database } from "bun:sqlite";
import { decodeCounts } from "../../domain/monitoring/counts.ts";
import { decodeDivergences } from "../../domain/monitoring/drift.ts";
import { messageOf } from "../../lib/errors.ts";
import { type RawRow, Row } from "../row.ts";
import { accountFromRow, auditFromRow, linkFromRow } from "../tables/access/access-row.ts";
import { forgettingFromRow } from "../tables/lineage/forgetting.ts";
import { changeFromRow as sampleChangeFromRow } from "../tables/lineage/sample-changes.ts";
import { unpackSides } from "../tables/lineage/side-chunk.ts";
import { changeFromRow, deploymentFromRow, MODEL_COLUMNS, modelFromRow } from "../tables/model-row.ts";
import { noticeFromRow } from "../tables/notices.ts";
import { predictionFromRow } from "../tables/predictions.ts";
import { decisionFromRow, drawingFromRow } from "../tables/queue/queue-row.ts";
import { detailsFromRow, nodeFromRow } from "../tables/run-records.ts";
import { eventFromRow, runFromRow } from "../tables/run-row.ts";
import { sampleFromRow } from "../tables/sample-row.ts";
import { requestFromRow } from "../tables/scheduler/requests.ts";
import { tickFromRow } from "../tables/scheduler/scheduler.ts";
import { actionFromRow } from "../tables/sheet/actions.ts";
import { pairFromRow, trialFromRow } from "../tables/trials/trial-row.ts";
import { deliveryFromRow } from "../tables/webhooks.ts";
import { SCHEMA_VERSION, schemaVersion, withStore } from "./snapshot.ts";

/** The result of reading all rows of a store. */
export interface CheckedRows {
  rows: number;
  /** Number of rows that cannot be read. */
  unreadable: number;
  /** Why, of the first of them. */
  problems: string[];
}

const MAX_PROBLEMS = 20;

const counts = (table: string) => (raw: RawRow) => decodeCounts(new Row(table, raw).text("counts"));

/** How the program reads the rows of a table. A table that is not here has plain values only. */
const DECODERS: Readonly<Record<string, (raw: RawRow) => unknown>> = {
  samples: sampleFromRow,
  sample_changes: sampleChangeFromRow,
  sample_actions: actionFromRow,
  queue_drawings: drawingFromRow,
  queue_decisions: decisionFromRow,
  predictions: predictionFromRow,
  runs: runFromRow,
  run_events: eventFromRow,
  run_details: detailsFromRow,
  run_nodes: nodeFromRow,
  run_data: (raw) => new Row("run_data", raw).json("counts"),
  run_data_chunks: (raw) => unpackSides(new Row("run_data_chunks", raw).bytes("sides")),
  node_cache: (raw) => new Row("node_cache", raw).json("outputs"),
  models: modelFromRow,
  model_changes: changeFromRow,
  model_references: counts("model_references"),
  deployments: deploymentFromRow,
  forgettings: forgettingFromRow,
  scheduler_ticks: tickFromRow,
  scheduler_requests: requestFromRow,
  trials: trialFromRow,
  trial_pairs: pairFromRow,
  notices: noticeFromRow,
  accounts: accountFromRow,
  access_links: linkFromRow,
  audit: auditFromRow,
  webhook_deliveries: deliveryFromRow,
  monitor_counts: counts("monitor_counts"),
  drift_windows(raw) {
    const row = new Row("drift_windows", raw);
    const divergences = row.jsonOrNull<object>("divergences");
    return [decodeCounts(row.text("counts")), divergences === null ? null : decodeDivergences(divergences)];
  },
};

/** The columns of a table whose rows are read together with others. */
const COLUMNS: Readonly<Record<string, string>> = { models: MODEL_COLUMNS };

/**
 * Reads every row of every table as the program does. Of a store of an older release, which is updated when it is
 * opened, rows are read without being interpreted.
 */
export function checkRows(path: string, onRows: (rows: number) => void = () => {}): CheckedRows {
  const isCurrent = schemaVersion(path) === SCHEMA_VERSION;
  return withStore(path, "check the rows of the store", (database) => {
    const checked: CheckedRows = { rows: 0, unreadable: 0, problems: [] };
    for (const table of tablesOf(database)) {
      checkTable(database, table, isCurrent ? DECODERS[table] : undefined, checked, onRows);
    }
    return checked;
  });
}

function checkTable(
  database: Database,
  table: string,
  decode: ((raw: RawRow) => unknown) | undefined,
  checked: CheckedRows,
  onRows: (rows: number) => void,
): void {
  const columns = decode === undefined ? "*" : (COLUMNS[table] ?? "*");
  for (const raw of database.query<RawRow, []>(`SELECT ${columns} FROM ${table}`).iterate()) {
    checked.rows += 1;
    if (checked.rows % 1_000 === 0) onRows(checked.rows);
    try {
      decode?.(raw);
    } catch (error) {
      checked.unreadable += 1;
      if (checked.problems.length < MAX_PROBLEMS) checked.problems.push(describe(table, raw, error));
    }
  }
}

function describe(table: string, raw: RawRow, error: unknown): string {
  const key = raw.id ?? raw.seq ?? raw.version ?? raw.run_id ?? "?";
  const reason = messageOf(error)
    .replace(/^Cannot read the store: /, "")
    .replace(/\. Restore a backup$/, "");
  return reason.startsWith(table) ? reason : `${table} ${String(key)}: ${reason}`;
}

function tablesOf(database: Database): string[] {
  return database
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
    .map(({ name }) => name);
}
