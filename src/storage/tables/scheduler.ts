import type { SchedulerTick } from "../../domain/scheduler-tick.ts";
import type { SchedulerStore } from "../../domain/store.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** Maximum number of stored decisions. */
export const MAX_TICKS = 1_000;

/** The tables `scheduler_ticks` and `scheduler_state`. */
export class SqliteScheduler implements SchedulerStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async addTick({ at, decision, detail }: SchedulerTick): Promise<void> {
    await this.#connection.write("store a scheduler decision", (database) => {
      database
        .query("INSERT INTO scheduler_ticks (at, decision, detail) VALUES ($at, $decision, $detail)")
        .run({ at, decision, detail });
      database
        .query("DELETE FROM scheduler_ticks WHERE seq <= (SELECT max(seq) FROM scheduler_ticks) - $max")
        .run({ max: MAX_TICKS });
    });
  }

  /** Returns the newest decisions first. */
  async ticks(limit = MAX_TICKS): Promise<SchedulerTick[]> {
    return this.#connection.read("read the scheduler's decisions", (database) =>
      database
        .query<RawRow, { limit: number }>("SELECT * FROM scheduler_ticks ORDER BY seq DESC LIMIT $limit")
        .all({ limit })
        .map((raw) => {
          const row = new Row("scheduler_ticks", raw);
          return { at: row.text("at"), decision: row.text("decision"), detail: row.text("detail") };
        }),
    );
  }

  async getState(): Promise<{ paused: boolean }> {
    const raw = this.#connection.read("read the scheduler's state", (database) =>
      database.query<RawRow, []>("SELECT * FROM scheduler_state WHERE id = 1").get(),
    );
    return { paused: new Row("scheduler_state", raw ?? {}).integer("paused") === 1 };
  }

  async setState({ paused }: { paused: boolean }): Promise<void> {
    await this.#connection.write("store the scheduler's state", (database) =>
      database
        .query("UPDATE scheduler_state SET paused = $paused WHERE id = 1")
        .run({ paused: paused ? 1 : 0 }),
    );
  }
}
