import { encodeRunEvent, type NewRunEvent, type RunEvent } from "../../domain/runs/run-event.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { Connection } from "../connection.ts";
import type { RawRow } from "../row.ts";
import { eventFromRow } from "./run-row.ts";

const DEFAULT_LIMIT = 1_000;

/** The table `run_events`, to which events are appended. */
export class RunEvents {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Events of a node are as many as nodes: they do not wait for the disk, those of the run as a whole do. */
  async append(event: NewRunEvent): Promise<RunEvent> {
    const { runId, at } = event;
    const { type, node, data } = encodeRunEvent(event);
    const how = node === null ? "write" : "writeWithoutSync";
    return this.#connection[how]("store a run event", (database) => {
      if (database.query("SELECT 1 FROM runs WHERE id = $runId").get({ runId }) === null) {
        throw new NotFoundError(`Cannot store a run event: there is no run ${runId}`);
      }
      const { lastInsertRowid } = database
        .query(
          "INSERT INTO run_events (run_id, at, type, node, data) VALUES ($runId, $at, $type, $node, $data)",
        )
        .run({ runId, at, type, node, data: JSON.stringify(data) });
      return { ...event, seq: Number(lastInsertRowid) };
    });
  }

  after(seq: number, { runId, limit = DEFAULT_LIMIT }: { runId?: string; limit?: number } = {}): RunEvent[] {
    return this.#connection.read("read the run events", (database) => {
      const ofRun = runId === undefined ? "" : "AND run_id = $runId";
      return database
        .query<RawRow, [Record<string, string | number>]>(
          `SELECT * FROM run_events WHERE seq > $seq ${ofRun} ORDER BY seq LIMIT $limit`,
        )
        .all({ seq, limit, ...(runId === undefined ? {} : { runId }) })
        .map(eventFromRow);
    });
  }

  /** Returns the last event that ended a run; null when there is none. */
  end(runId: string): RunEvent | null {
    const row = this.#connection.read("read the run events", (database) =>
      database
        .query<RawRow, { runId: string }>(
          `SELECT * FROM run_events WHERE run_id = $runId AND type IN ('run_done', 'run_failed', 'run_cancelled')
           ORDER BY seq DESC LIMIT 1`,
        )
        .get({ runId }),
    );
    return row === null ? null : eventFromRow(row);
  }

  /** Returns the seq of the newest event; 0 when there is none yet. */
  latestSeq(): number {
    const row = this.#connection.read("read the run events", (database) =>
      database.query<{ seq: number | null }, []>("SELECT max(seq) AS seq FROM run_events").get(),
    );
    return row?.seq ?? 0;
  }
}
