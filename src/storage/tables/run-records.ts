import type { RunCause, RunDetails, RunNodeRecord } from "../../domain/runs/run.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

const NODE_STATUSES = [
  "running",
  "done",
  "failed",
  "skipped",
  "not_run",
] as const satisfies RunNodeRecord["status"][];

/** The tables `run_details` and `run_nodes`: the inputs of each run, and the record of each of its nodes. */
export class RunRecords {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async put(runId: string, details: RunDetails): Promise<void> {
    const { env, slice, parameters, runner, dataVersion, resumedFrom, causes } = details;
    await this.#write(
      runId,
      `INSERT OR REPLACE INTO run_details
         (run_id, env, slice, parameters, runner, data_version, resumed_from, causes)
       VALUES ($runId, $env, $slice, $parameters, $runner, $dataVersion, $resumedFrom, $causes)`,
      {
        env,
        slice: JSON.stringify(slice),
        parameters: JSON.stringify(parameters),
        runner,
        dataVersion,
        resumedFrom,
        causes: JSON.stringify(causes),
      },
    );
  }

  get(runId: string): RunDetails | null {
    const raw = this.#connection.read("read a run's record", (database) =>
      database
        .query<RawRow, { runId: string }>("SELECT * FROM run_details WHERE run_id = $runId")
        .get({ runId }),
    );
    return raw === null ? null : detailsFromRow(raw);
  }

  async putNode(runId: string, record: RunNodeRecord): Promise<void> {
    const { node, position, status, startedAt, finishedAt, durationMs, reason, inputs, outputs } = record;
    await this.#write(
      runId,
      `INSERT OR REPLACE INTO run_nodes
         (run_id, position, node, status, started_at, finished_at, duration_ms, reason, inputs, outputs)
       VALUES
         ($runId, $position, $node, $status, $startedAt, $finishedAt, $durationMs, $reason, $inputs, $outputs)`,
      {
        position,
        node,
        status,
        startedAt,
        finishedAt,
        durationMs,
        reason,
        inputs: JSON.stringify(inputs),
        outputs: JSON.stringify(outputs),
      },
      "writeWithoutSync",
    );
  }

  nodes(runId: string): RunNodeRecord[] {
    return this.#connection.read("read a run's nodes", (database) =>
      database
        .query<RawRow, { runId: string }>("SELECT * FROM run_nodes WHERE run_id = $runId ORDER BY position")
        .all({ runId })
        .map(nodeFromRow),
    );
  }

  #write(
    runId: string,
    sql: string,
    values: Record<string, string | number | null>,
    how: "write" | "writeWithoutSync" = "write",
  ): Promise<void> {
    return this.#connection[how]("write a run's record", (database) => {
      if (database.query("SELECT 1 FROM runs WHERE id = $runId").get({ runId }) === null) {
        throw new NotFoundError(`Cannot write a run's record: there is no run ${runId}`);
      }
      database.query(sql).run({ runId, ...values });
    });
  }
}

/** Converts a row of `run_details`. @throws UnavailableError when a column has a value of another type. */
export function detailsFromRow(raw: RawRow): RunDetails {
  const row = new Row("run_details", raw);
  return {
    env: row.textOrNull("env"),
    slice: row.json("slice"),
    parameters: row.json("parameters"),
    runner: row.text("runner"),
    dataVersion: row.text("data_version"),
    resumedFrom: row.textOrNull("resumed_from"),
    // Older releases did not record the node and its frames.
    causes: row
      .json<Omit<RunCause, "node" | "frames">[]>("causes")
      .map((cause) => ({ node: null, frames: [], ...cause })),
  };
}

/** Converts a row of `run_nodes`. @throws UnavailableError when a column has a value of another type. */
export function nodeFromRow(raw: RawRow): RunNodeRecord {
  const row = new Row("run_nodes", raw);
  return {
    node: row.text("node"),
    position: row.integer("position"),
    status: row.oneOf("status", NODE_STATUSES),
    startedAt: row.textOrNull("started_at"),
    finishedAt: row.textOrNull("finished_at"),
    durationMs: row.numberOrNull("duration_ms"),
    reason: row.textOrNull("reason"),
    inputs: row.json("inputs"),
    outputs: row.json("outputs"),
  };
}
