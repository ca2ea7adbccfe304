import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor } from "../../domain/actor.ts";
import type { NewNotice, Notice, NoticeStore } from "../../domain/notice.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Saying } from "../../lib/saying.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** Maximum number of stored notices; the oldest are dropped. */
const MAX_NOTICES = 200;
/** Maximum number of notices on a page. */
const MAX_OPEN = 5;

/** The table `notices`. */
export class SqliteNotices implements NoticeStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async add(notice: NewNotice): Promise<void> {
    const at = this.#clock.now().toISOString();
    await this.#connection.write("add a notice", (database) => addNotice(database, notice, at));
  }

  async open(): Promise<Notice[]> {
    return this.#connection.read("read the notices", (database) =>
      database
        .query<RawRow, { max: number }>(
          "SELECT * FROM notices WHERE acknowledged_at IS NULL ORDER BY id DESC LIMIT $max",
        )
        .all({ max: MAX_OPEN })
        .map(noticeFromRow),
    );
  }

  async acknowledge(id: number, by: Actor): Promise<Notice | null> {
    return this.#connection.write("acknowledge a notice", (database) => {
      database
        .query(
          "UPDATE notices SET acknowledged_at = $at, acknowledged_by = $by WHERE id = $id AND acknowledged_at IS NULL",
        )
        .run({ id, at: this.#clock.now().toISOString(), by: encodeActor(by) });
      const raw = database.query<RawRow, { id: number }>("SELECT * FROM notices WHERE id = $id").get({ id });
      return raw === null ? null : noticeFromRow(raw);
    });
  }
}

/** Adds a notice within the caller's transaction. */
export function addNotice(database: Database, { message, says, href }: NewNotice, createdAt: string): void {
  database
    .query(
      "INSERT INTO notices (message, says, href, created_at) VALUES ($message, $says, $href, $createdAt)",
    )
    .run({ message, says: says === undefined ? null : JSON.stringify(says), href, createdAt });
  database
    .query("DELETE FROM notices WHERE id <= (SELECT max(id) FROM notices) - $max")
    .run({ max: MAX_NOTICES });
}

/** Converts a row of `notices`. @throws UnavailableError when a column has a value of another type. */
export function noticeFromRow(raw: RawRow): Notice {
  const row = new Row("notices", raw);
  const says = row.jsonOrNull<Saying>("says");
  return {
    id: row.integer("id"),
    message: row.text("message"),
    ...(says === null ? {} : { says }),
    href: row.text("href"),
    createdAt: row.text("created_at"),
    acknowledgedAt: row.textOrNull("acknowledged_at"),
    acknowledgedBy: decodeActor(row.textOrNull("acknowledged_by")),
  };
}
