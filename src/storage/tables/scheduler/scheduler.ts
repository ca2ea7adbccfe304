import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import type { NewRequest, SchedulerRequest } from "../../../domain/scheduler/request.ts";
import type { CronMark, SchedulerState } from "../../../domain/scheduler/state.ts";
import type { SchedulerTick, StoredTick } from "../../../domain/scheduler/tick.ts";
import type { SchedulerStore } from "../../../domain/store.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import { type RawRow, Row } from "../../row.ts";
import { SchedulerRequests } from "./requests.ts";

/** Maximum number of stored decisions. */
export const MAX_TICKS = 1_000;

/** The tables `scheduler_ticks`, `scheduler_state` and `scheduler_requests`. */
export class SqliteScheduler implements SchedulerStore {
  readonly #requests: SchedulerRequests;
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#requests = new SchedulerRequests(connection, clock);
  }

  async addTick({ at, decision, detail, says, conditions }: SchedulerTick): Promise<void> {
    const data = says === undefined && conditions === undefined ? null : JSON.stringify({ says, conditions });
    await this.#connection.write("store a scheduler decision", (database) => {
      database
        .query(
          "INSERT INTO scheduler_ticks (at, decision, detail, data) VALUES ($at, $decision, $detail, $data)",
        )
        .run({ at, decision, detail, data });
      database
        .query("DELETE FROM scheduler_ticks WHERE seq <= (SELECT max(seq) FROM scheduler_ticks) - $max")
        .run({ max: MAX_TICKS });
    });
  }

  async ticks({
    limit = MAX_TICKS,
    before,
  }: {
    limit?: number;
    before?: number;
  } = {}): Promise<StoredTick[]> {
    return this.#connection.read("read the scheduler's decisions", (database) =>
      database
        .query<RawRow, { limit: number; before: number }>(
          "SELECT * FROM scheduler_ticks WHERE seq < $before ORDER BY seq DESC LIMIT $limit",
        )
        .all({ limit, before: before ?? Number.MAX_SAFE_INTEGER })
        .map(tickFromRow),
    );
  }

  async getState(): Promise<SchedulerState> {
    const raw = this.#connection.read("read the scheduler's state", (database) =>
      database.query<RawRow, []>("SELECT * FROM scheduler_state WHERE id = 1").get(),
    );
    const row = new Row("scheduler_state", raw ?? {});
    const [schedule, after] = [row.textOrNull("cron_schedule"), row.textOrNull("cron_after")];
    const declinedAt = row.textOrNull("declined_at");
    return {
      paused: row.integer("paused") === 1,
      changedBy: decodeActor(row.textOrNull("changed_by")),
      reason: row.textOrNull("reason"),
      changedAt: row.textOrNull("changed_at"),
      cron: schedule === null || after === null ? null : { schedule, after },
      answeredAlarm: row.textOrNull("answered_alarm"),
      declined:
        declinedAt === null ? null : { at: declinedAt, lastSampleId: row.textOrNull("declined_sample_id") },
    };
  }

  async setPaused({
    paused,
    by,
    reason,
  }: {
    paused: boolean;
    by: Actor;
    reason: string | null;
  }): Promise<void> {
    await this.#connection.write("store the scheduler's state", (database) =>
      database
        .query(
          `UPDATE scheduler_state SET paused = $paused, changed_by = $by, reason = $reason, changed_at = $at
           WHERE id = 1`,
        )
        .run({ paused: paused ? 1 : 0, by: encodeActor(by), reason, at: this.#now() }),
    );
  }

  async setCron({ schedule, after }: CronMark): Promise<void> {
    await this.#connection.write("store the scheduler's state", (database) =>
      database
        .query("UPDATE scheduler_state SET cron_schedule = $schedule, cron_after = $after WHERE id = 1")
        .run({ schedule, after }),
    );
  }

  async setAnsweredAlarm(since: string | null): Promise<void> {
    await this.#connection.write("store the scheduler's state", (database) =>
      database.query("UPDATE scheduler_state SET answered_alarm = $since WHERE id = 1").run({ since }),
    );
  }

  async addRequest(
    request: NewRequest & { state: "pending" | "approved"; runId: string | null },
  ): Promise<SchedulerRequest> {
    return this.#requests.add(request);
  }

  async getRequest(id: number): Promise<SchedulerRequest | null> {
    return this.#requests.get(id);
  }

  async requests(query?: Parameters<SchedulerStore["requests"]>[0]): Promise<SchedulerRequest[]> {
    return this.#requests.list(query);
  }

  async decideRequest(
    id: number,
    decision: { state: "approved" | "declined"; by: Actor; reason: string },
  ): Promise<SchedulerRequest> {
    return this.#requests.decide(id, decision);
  }

  async settleRequest(id: number, end: Parameters<SchedulerStore["settleRequest"]>[1]): Promise<void> {
    return this.#requests.settle(id, end);
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}

/** Converts a row of `scheduler_ticks`. @throws UnavailableError when a column has a value of another type. */
export function tickFromRow(raw: RawRow): StoredTick {
  const row = new Row("scheduler_ticks", raw);
  return {
    seq: row.integer("seq"),
    at: row.text("at"),
    decision: row.text("decision"),
    detail: row.text("detail"),
    ...row.jsonOrNull<Pick<SchedulerTick, "says" | "conditions">>("data"),
  };
}
