import type { Database } from "bun:sqlite";
import { type Actor, encodeActor } from "../../domain/actor.ts";
import { encodeMetrics, type Metrics } from "../../domain/metrics.ts";
import type { NewRun, Run, RunDetails, RunNodeRecord, RunStatus } from "../../domain/runs/run.ts";
import { hasEnded } from "../../domain/runs/run.ts";
import type { AnnotationChange, RunAnnotations } from "../../domain/runs/run-annotations.ts";
import type { NewRunEvent, RunEvent } from "../../domain/runs/run-event.ts";
import type { RunStore } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError, NotFoundError } from "../../lib/errors.ts";
import type { Connection } from "../connection.ts";
import { checkedLimit, pageOf } from "../paging.ts";
import type { RawRow } from "../row.ts";
import { thinEvents } from "./event-retention.ts";
import { RunEvents } from "./run-events.ts";
import { RunRecords } from "./run-records.ts";
import { RUN_COLUMNS, type RunChange, runFromRow } from "./run-row.ts";
import { RunAnnotationsTable } from "./runs/run-annotations.ts";
import { listSql } from "./runs/run-list.ts";

/** Number of finished runs that are searched for the newest sample: more than have been running at the same time. */
const TRAINED_RUNS = 50;

/** The table `runs`, ordered by its own counter, not by time or id, so that setting back the clock has no effect. */
export class SqliteRuns implements RunStore {
  readonly #events: RunEvents;
  readonly #records: RunRecords;
  readonly #annotations: RunAnnotationsTable;
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#events = new RunEvents(connection);
    this.#records = new RunRecords(connection);
    this.#annotations = new RunAnnotationsTable(connection, clock);
  }

  async create(run: NewRun): Promise<Run> {
    return this.#connection.write("create a run", (database) => {
      if (find(database, run.id) !== null) {
        throw new ConflictError(`Cannot create run ${run.id}: a run with this id already exists`);
      }
      database
        .query(
          `INSERT INTO runs (id, pipeline, params, "trigger", command, status, created_at, versions, metrics, started_by)
           VALUES ($id, $pipeline, $params, $trigger, $command, 'queued', $createdAt, '{}', '{}', $startedBy)`,
        )
        .run({
          id: run.id,
          pipeline: run.pipeline,
          params: JSON.stringify(run.params),
          trigger: run.trigger,
          command: run.command,
          createdAt: this.#clock.now().toISOString(),
          startedBy: run.startedBy == null ? null : encodeActor(run.startedBy),
        });
      return find(database, run.id)!;
    });
  }

  async countByStatus(): Promise<Partial<Record<RunStatus, number>>> {
    const rows = this.#connection.read("count the runs", (database) =>
      database
        .query<{ status: RunStatus; n: number }, []>("SELECT status, count(*) AS n FROM runs GROUP BY status")
        .all(),
    );
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  }

  async get(id: string): Promise<Run | null> {
    return this.#connection.read("read a run", (database) => find(database, id));
  }

  async list(query: Parameters<RunStore["list"]>[0]) {
    const limit = checkedLimit(query.limit);
    const { cursor } = query;
    return this.#connection.read("read the runs", (database) => {
      if (cursor !== undefined && find(database, cursor) === null) {
        throw new NotFoundError(`cursor "${cursor}" is not from a list of runs. Omit it for the first page`);
      }
      const { sql, values } = listSql(query, limit + 1);
      const rows = database.query<RawRow, [Record<string, string | number>]>(sql).all(values);
      const { page, nextCursor } = pageOf(rows.map(runFromRow), limit);
      return { runs: page, nextCursor };
    });
  }

  async lastTrained(pipelines: readonly string[]) {
    const row = this.#connection.read("find the last training run", (database) =>
      database
        .query<{ last: string | null; started: string | null }, { pipelines: string }>(
          `WITH done AS (
             SELECT seq, last_sample_id, started_at FROM runs
             WHERE status = 'done' AND pipeline IN (SELECT value FROM json_each($pipelines))
             ORDER BY seq DESC LIMIT ${TRAINED_RUNS}
           )
           SELECT (SELECT max(last_sample_id) FROM done) AS last,
             (SELECT started_at FROM done ORDER BY seq DESC LIMIT 1) AS started`,
        )
        .get({ pipelines: JSON.stringify(pipelines) }),
    );
    return row === null || row.last === null ? null : { lastSampleId: row.last, startedAt: row.started };
  }

  async update(id: string, change: RunChange): Promise<Run> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const assignments = given.map(([field]) => `${RUN_COLUMNS[field as keyof RunChange]} = $${field}`);
    const values = given.map(([field, value]) => [field, columnValue(field as keyof RunChange, value)]);
    return this.#connection.write("change a run", (database) => {
      if (find(database, id) === null) throw new NotFoundError(`There is no run ${id}`);
      if (assignments.length > 0) {
        database
          .query(`UPDATE runs SET ${assignments.join(", ")} WHERE id = $id`)
          .run({ ...Object.fromEntries(values), id });
      }
      const changed = find(database, id)!;
      if (change.status !== undefined && hasEnded(changed)) thinEvents(database, id);
      return changed;
    });
  }

  async annotations(ids: readonly string[]): Promise<RunAnnotations[]> {
    return this.#annotations.of(ids);
  }

  async annotate(id: string, change: AnnotationChange, actor: Actor): Promise<RunAnnotations> {
    return this.#annotations.change(id, change, actor);
  }

  async tags(): Promise<{ tag: string; runs: number }[]> {
    return this.#connection.read("count the tags of runs", (database) =>
      database
        .query<{ tag: string; runs: number }, []>(
          "SELECT tag, count(*) AS runs FROM run_tags GROUP BY tag ORDER BY runs DESC, tag LIMIT 50",
        )
        .all(),
    );
  }

  async putDetails(id: string, details: RunDetails): Promise<void> {
    await this.#records.put(id, details);
  }

  async details(id: string): Promise<RunDetails | null> {
    return this.#records.get(id);
  }

  async putNode(id: string, node: RunNodeRecord): Promise<void> {
    await this.#records.putNode(id, node);
  }

  async nodes(id: string): Promise<RunNodeRecord[]> {
    return this.#records.nodes(id);
  }

  async appendEvent(event: NewRunEvent): Promise<RunEvent> {
    return this.#events.append(event);
  }

  async eventsAfter(seq: number, query?: { runId?: string; limit?: number }): Promise<RunEvent[]> {
    return this.#events.after(seq, query);
  }

  async latestEventSeq(): Promise<number> {
    return this.#events.latestSeq();
  }

  async endEvent(runId: string): Promise<RunEvent | null> {
    return this.#events.end(runId);
  }
}

/** Returns the value of a field for its column: objects as JSON. */
function columnValue(field: keyof RunChange, value: RunChange[keyof RunChange]): string | number | null {
  if (field === "cancelledBy") return value === null ? null : encodeActor(value as Actor);
  if (field === "metrics") return JSON.stringify(encodeMetrics(value as Metrics));
  return typeof value === "object" && value !== null ? JSON.stringify(value) : (value ?? null);
}

function find(database: Database, id: string): Run | null {
  const raw = database.query<RawRow, { id: string }>("SELECT * FROM runs WHERE id = $id").get({ id });
  return raw === null ? null : runFromRow(raw);
}
