import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import type {
  ForgetPreview,
  Forgetting,
  ForgottenDrawing,
  Whose,
} from "../../../domain/lineage/forgetting.ts";
import type { ForgettingStore } from "../../../domain/lineage/lineage-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import { type RawRow, Row } from "../../row.ts";
import { applyForgotten, forgetDrawings, previewForgetting } from "./forget.ts";
import { allForgotten } from "./forgotten-drawings.ts";

/** The tables `forgotten_drawings` and `forgettings`. */
export class SqliteForgetting implements ForgettingStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async preview(whose: Whose): Promise<ForgetPreview> {
    return this.#connection.read("read the drawings", (database) => previewForgetting(database, whose));
  }

  async forget(whose: Whose, actor: Actor, key: Uint8Array): Promise<Forgetting> {
    const at = this.#clock.now().toISOString();
    return this.#connection.write("forget drawings", (database) => {
      const drawings = forgetDrawings(database, whose, key, at);
      const { lastInsertRowid } = database
        .query("INSERT INTO forgettings (at, actor, drawings) VALUES ($at, $actor, $drawings)")
        .run({ at, actor: encodeActor(actor), drawings });
      return { id: Number(lastInsertRowid), at, actor, drawings, finishedAt: null };
    });
  }

  async list(): Promise<ForgottenDrawing[]> {
    return this.#connection.read("read the forgotten drawings", allForgotten);
  }

  async apply(list: readonly ForgottenDrawing[]): Promise<number> {
    const at = this.#clock.now().toISOString();
    return this.#connection.write("forget drawings", (database) => {
      const drawings = applyForgotten(database, list);
      if (drawings > 0)
        database
          .query("INSERT INTO forgettings (at, drawings) VALUES ($at, $drawings)")
          .run({ at, drawings });
      return drawings;
    });
  }

  async log(limit: number): Promise<Forgetting[]> {
    return this.#connection.read("read the forgettings", (database) =>
      database
        .query<RawRow, { limit: number }>("SELECT * FROM forgettings ORDER BY id DESC LIMIT $limit")
        .all({ limit })
        .map(forgettingFromRow),
    );
  }

  async isUnfinished(): Promise<boolean> {
    return this.#connection.read(
      "read the forgettings",
      (database) => database.query("SELECT 1 FROM forgettings WHERE finished_at IS NULL").get() !== null,
    );
  }

  async finish(): Promise<void> {
    const at = this.#clock.now().toISOString();
    await this.#connection.write("forget drawings", (database) =>
      database.query("UPDATE forgettings SET finished_at = $at WHERE finished_at IS NULL").run({ at }),
    );
  }

  async erase(): Promise<void> {
    await this.#connection.write("forget cached nodes", (database) => database.run("DELETE FROM node_cache"));
    await this.#connection.rewrite("erase forgotten drawings");
  }
}

function forgettingFromRow(raw: RawRow): Forgetting {
  const row = new Row("forgettings", raw);
  return {
    id: row.integer("id"),
    at: row.text("at"),
    actor: decodeActor(row.textOrNull("actor")),
    drawings: row.integer("drawings"),
    finishedAt: row.textOrNull("finished_at"),
  };
}
