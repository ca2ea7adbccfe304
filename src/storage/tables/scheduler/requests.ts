import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor, SCHEDULE } from "../../../domain/actor.ts";
import {
  type NewRequest,
  REQUEST_KINDS,
  REQUEST_STATES,
  type SchedulerRequest,
} from "../../../domain/scheduler/request.ts";
import type { SchedulerStore } from "../../../domain/store.ts";
import type { Clock } from "../../../lib/clock.ts";
import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { type Saying, saying } from "../../../lib/saying.ts";
import type { Connection } from "../../connection.ts";
import { checkedLimit } from "../../paging.ts";
import { type RawRow, Row } from "../../row.ts";

/** Maximum number of requests that are kept once they are decided. */
export const MAX_REQUESTS = 1_000;

/** The table `scheduler_requests`. */
export class SchedulerRequests {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** An approved request counts as decided by who requests it. */
  add(
    request: NewRequest & { state: "pending" | "approved"; runId: string | null },
  ): Promise<SchedulerRequest> {
    const { requestedBy, says, ...columns } = request;
    const at = this.#clock.now().toISOString();
    const isApproved = request.state === "approved";
    return this.#connection.write("store a request", (database) => {
      const { lastInsertRowid } = database
        .query(
          `INSERT INTO scheduler_requests (kind, state, pipeline, "trigger", model_version, expected_previous, run_id,
             reason, says, requested_by, created_at, decided_by, decision_reason, decided_at)
           VALUES ($kind, $state, $pipeline, $trigger, $modelVersion, $expectedPrevious, $runId,
             $reason, $says, $by, $at, $decidedBy, $decisionReason, $decidedAt)`,
        )
        .run({
          ...columns,
          ...{ by: encodeActor(requestedBy), at, says: says === undefined ? null : JSON.stringify(says) },
          decidedBy: isApproved ? encodeActor(requestedBy) : null,
          decisionReason: isApproved ? request.reason : null,
          decidedAt: isApproved ? at : null,
        });
      database
        .query(
          `DELETE FROM scheduler_requests WHERE id <= $last - $max AND state IN ('declined', 'withdrawn', 'done')`,
        )
        .run({ last: Number(lastInsertRowid), max: MAX_REQUESTS });
      return find(database, Number(lastInsertRowid))!;
    });
  }

  get(id: number): SchedulerRequest | null {
    return this.#connection.read("read a request", (database) => find(database, id));
  }

  list({ kind, states, limit, before }: Parameters<SchedulerStore["requests"]>[0] = {}): SchedulerRequest[] {
    return this.#connection.read("read the requests", (database) =>
      database
        .query<RawRow, Record<string, string | number | null>>(
          `SELECT * FROM scheduler_requests
           WHERE state IN (SELECT value FROM json_each($states)) AND ($kind IS NULL OR kind = $kind) AND id < $before
           ORDER BY id DESC LIMIT $limit`,
        )
        .all({
          states: JSON.stringify(states ?? REQUEST_STATES),
          kind: kind ?? null,
          before: before ?? Number.MAX_SAFE_INTEGER,
          limit: checkedLimit(limit),
        })
        .map(requestFromRow),
    );
  }

  decide(
    id: number,
    { state, by, reason }: { state: "approved" | "declined"; by: Actor; reason: string },
  ): Promise<SchedulerRequest> {
    const at = this.#clock.now().toISOString();
    return this.#connection.write("decide a request", (database) => {
      const request = find(database, id);
      if (request === null) {
        throw new NotFoundError(`There is no request ${id}`, { says: saying("noRequest", { id }) });
      }
      if (request.state !== "pending") throw notPending(request);
      set(database, id, { state, decidedBy: encodeActor(by), reason, at });
      if (state === "declined" && request.kind === "run") markDeclined(database, at);
      return find(database, id)!;
    });
  }

  async settle(id: number, { state, runId }: Parameters<SchedulerStore["settleRequest"]>[1]): Promise<void> {
    const at = this.#clock.now().toISOString();
    const decided =
      state === "pending"
        ? "decided_by = NULL, decision_reason = NULL, decided_at = NULL"
        : "decided_by = coalesce(decided_by, $by), decided_at = coalesce(decided_at, $at)";
    await this.#connection.write("settle a request", (database) =>
      database
        .query<never, [Record<string, string | number | null>]>(
          `UPDATE scheduler_requests SET state = $state, run_id = coalesce($runId, run_id), ${decided}
           WHERE id = $id AND state IN ('pending', 'approved')`,
        )
        .run({
          ...{ id, state, runId: runId ?? null },
          ...(state === "pending" ? {} : { by: encodeActor(SCHEDULE), at }),
        }),
    );
  }
}

function notPending({ id }: SchedulerRequest): ConflictError {
  return new ConflictError(`Request ${id} has already been decided`, {
    says: saying("requestDecided", { id }),
  });
}

function set(
  database: Database,
  id: number,
  values: { state: string; decidedBy: string; reason: string; at: string },
): void {
  database
    .query(
      `UPDATE scheduler_requests
       SET state = $state, decided_by = $decidedBy, decision_reason = $reason, decided_at = $at WHERE id = $id`,
    )
    .run({ id, ...values });
}

function markDeclined(database: Database, at: string): void {
  database
    .query(
      `UPDATE scheduler_state SET declined_at = $at, declined_sample_id = (SELECT max(arrival) FROM samples),
         cron_after = CASE WHEN cron_after IS NULL THEN NULL ELSE $at END
       WHERE id = 1`,
    )
    .run({ at });
}

function find(database: Database, id: number): SchedulerRequest | null {
  const raw = database
    .query<RawRow, { id: number }>("SELECT * FROM scheduler_requests WHERE id = $id")
    .get({ id });
  return raw === null ? null : requestFromRow(raw);
}

/** Converts a row of `scheduler_requests`. @throws UnavailableError when a column has a value of another type. */
export function requestFromRow(raw: RawRow): SchedulerRequest {
  const row = new Row("scheduler_requests", raw);
  return {
    id: row.integer("id"),
    kind: row.oneOf("kind", REQUEST_KINDS),
    state: row.oneOf("state", REQUEST_STATES),
    pipeline: row.textOrNull("pipeline"),
    trigger: row.textOrNull("trigger"),
    modelVersion: row.integerOrNull("model_version"),
    expectedPrevious: row.integerOrNull("expected_previous"),
    runId: row.textOrNull("run_id"),
    reason: row.text("reason"),
    says: row.jsonOrNull<Saying>("says") ?? undefined,
    requestedBy: decodeActor(row.text("requested_by")) ?? SCHEDULE,
    createdAt: row.text("created_at"),
    decidedBy: decodeActor(row.textOrNull("decided_by")),
    decisionReason: row.textOrNull("decision_reason"),
    decidedAt: row.textOrNull("decided_at"),
  };
}
