import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import {
  type ForgetPreview,
  type Forgettable,
  type Forgetting,
  type ForgottenDrawing,
  IMAGE_KEY_BYTES,
  imageKey,
} from "../../../domain/lineage/forgetting.ts";
import type { ForgettingStore } from "../../../domain/lineage/lineage-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import { type RawRow, Row } from "../../row.ts";
import { applyForgotten, forgetDrawings, previewForgetting } from "./forget.ts";
import { allForgotten, unknownOf } from "./forgotten-drawings.ts";

/** The tables `forgotten_drawings` and `forgettings`. */
export class SqliteForgetting implements ForgettingStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async preview(what: Forgettable): Promise<ForgetPreview> {
    return this.#connection.read("read the drawings", (database) => previewForgetting(database, what));
  }

  async forget(what: Forgettable, actor: Actor, key: Uint8Array): Promise<Forgetting> {
    const at = this.#clock.now().toISOString();
    return this.#connection.write("forget drawings", (database) => {
      return addForgetting(database, forgetDrawings(database, what, key, at), { at, actor });
    });
  }

  async list(): Promise<ForgottenDrawing[]> {
    return this.#connection.read("read the forgotten drawings", allForgotten);
  }

  async apply(list: readonly ForgottenDrawing[]): Promise<number> {
    const unknown = this.#connection.read("read the forgotten drawings", (database) =>
      unknownOf(database, list),
    );
    // Most lists are known, and every command opens the store: it must not wait for the write lock then.
    if (unknown.length === 0) return 0;
    const at = this.#clock.now().toISOString();
    return this.#connection.write("forget drawings", (database) => {
      const images = applyForgotten(database, unknown);
      if (images.length > 0) addForgetting(database, images, { at, actor: null });
      return images.length;
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

  async unfinished(): Promise<string[] | null> {
    const rows = this.#connection.read("read the forgettings", (database) =>
      database
        .query<{ images: Uint8Array }, []>("SELECT images FROM forgettings WHERE finished_at IS NULL")
        .all(),
    );
    return rows.length === 0 ? null : rows.flatMap(({ images }) => splitKeys(images));
  }

  async storedImages(keys: readonly string[]): Promise<string[]> {
    const wanted = new Set(keys);
    return this.#connection.read("read the images", (database) => {
      const found = new Set<string>();
      if (wanted.size === 0) return [];
      for (const { pixels } of database
        .query<{ pixels: Uint8Array }, []>("SELECT pixels FROM samples")
        .iterate()) {
        const key = imageKey(pixels);
        if (wanted.has(key)) found.add(key);
      }
      return [...found];
    });
  }

  async finish(): Promise<void> {
    const at = this.#clock.now().toISOString();
    await this.#connection.write("forget drawings", (database) =>
      database
        .query("UPDATE forgettings SET finished_at = $at, images = NULL WHERE finished_at IS NULL")
        .run({ at }),
    );
  }

  async erase(): Promise<void> {
    await this.#connection.write("forget cached nodes", (database) => database.run("DELETE FROM node_cache"));
    await this.#connection.rewrite("erase forgotten drawings");
  }
}

/** Converts a row of `forgettings`. @throws UnavailableError when a column has a value of another type. */
export function forgettingFromRow(raw: RawRow): Forgetting {
  const row = new Row("forgettings", raw);
  return {
    id: row.integer("id"),
    at: row.text("at"),
    actor: decodeActor(row.textOrNull("actor")),
    drawings: row.integer("drawings"),
    finishedAt: row.textOrNull("finished_at"),
  };
}

function addForgetting(
  database: Database,
  images: readonly string[],
  { at, actor }: { at: string; actor: Actor | null },
): Forgetting {
  const drawings = images.length;
  const { lastInsertRowid } = database
    .query("INSERT INTO forgettings (at, actor, drawings, images) VALUES ($at, $actor, $drawings, $keys)")
    .run({
      at,
      actor: actor === null ? null : encodeActor(actor),
      drawings,
      keys: Buffer.concat(images.map((image) => Buffer.from(image, "base64"))),
    });
  return { id: Number(lastInsertRowid), at, actor, drawings, finishedAt: null };
}

function splitKeys(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / IMAGE_KEY_BYTES }, (_, i) =>
    Buffer.from(bytes.subarray(i * IMAGE_KEY_BYTES, (i + 1) * IMAGE_KEY_BYTES)).toString("base64"),
  );
}
