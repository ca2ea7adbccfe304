import type { CachedNode } from "../../domain/runs/cached-node.ts";
import type { NodeCacheStore } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** The table `node_cache`: one row per node name. */
export class SqliteNodeCache implements NodeCacheStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async get(node: string): Promise<CachedNode | null> {
    const raw = this.#connection.read("read the cache of nodes", (database) =>
      database.query<RawRow, { node: string }>("SELECT * FROM node_cache WHERE node = $node").get({ node }),
    );
    if (raw === null) return null;
    const row = new Row("node_cache", raw);
    return { node: row.text("node"), key: row.text("key"), outputs: row.json("outputs") };
  }

  async put({ node, key, outputs }: CachedNode): Promise<void> {
    await this.#connection.writeWithoutSync("write the cache of nodes", (database) =>
      database
        .query(
          `INSERT INTO node_cache (node, key, outputs, updated_at) VALUES ($node, $key, $outputs, $at)
           ON CONFLICT (node) DO UPDATE SET key = $key, outputs = $outputs, updated_at = $at`,
        )
        .run({ node, key, outputs: JSON.stringify(outputs), at: this.#clock.now().toISOString() }),
    );
  }
}
