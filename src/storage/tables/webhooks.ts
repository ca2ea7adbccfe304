import type { WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { WebhookStore } from "../../domain/webhooks/webhook-store.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** Maximum number of stored deliveries. The oldest go first, also those that still wait. */
const MAX_DELIVERIES = 2_000;

const STATES = ["pending", "delivered", "failed"] as const;

/** The tables `webhook_deliveries` and `webhook_cursors`. */
export class SqliteWebhooks implements WebhookStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async enqueue(
    deliveries: Parameters<WebhookStore["enqueue"]>[0],
    cursor?: { source: string; position: number },
  ): Promise<void> {
    await this.#connection.write("store webhook deliveries", (database) => {
      const insert = database.query(
        `INSERT INTO webhook_deliveries (id, webhook, event, body, status, attempts, next_at, created_at, updated_at)
         VALUES ($id, $webhook, $event, $body, 'pending', 0, $createdAt, $createdAt, $createdAt)`,
      );
      for (const { id, webhook, event, body, createdAt } of deliveries) {
        insert.run({ id, webhook, event, body, createdAt });
      }
      if (cursor !== undefined) {
        database
          .query(
            `INSERT INTO webhook_cursors (source, position) VALUES ($source, $position)
             ON CONFLICT (source) DO UPDATE SET position = $position`,
          )
          .run(cursor);
      }
      database
        .query("DELETE FROM webhook_deliveries WHERE seq <= (SELECT max(seq) FROM webhook_deliveries) - $max")
        .run({ max: MAX_DELIVERIES });
    });
  }

  async cursor(source: string): Promise<number | null> {
    const row = this.#connection.read("read a webhook cursor", (database) =>
      database
        .query<{ position: number }, { source: string }>(
          "SELECT position FROM webhook_cursors WHERE source = $source",
        )
        .get({ source }),
    );
    return row?.position ?? null;
  }

  async due(now: string, limit: number): Promise<WebhookDelivery[]> {
    return this.#rows("WHERE next_at <= $now ORDER BY next_at, seq LIMIT $limit", { now, limit });
  }

  async update(id: string, change: Parameters<WebhookStore["update"]>[1]): Promise<void> {
    await this.#connection.write("store a webhook delivery", (database) => {
      database
        .query(
          `UPDATE webhook_deliveries SET status = $status, attempts = $attempts, next_at = $nextAt,
             response_status = $responseStatus, error = $error, updated_at = $updatedAt WHERE id = $id`,
        )
        .run({ id, ...change });
    });
  }

  async list(limit: number): Promise<WebhookDelivery[]> {
    return this.#rows("ORDER BY seq DESC LIMIT $limit", { limit });
  }

  #rows(clauses: string, values: Record<string, string | number>): WebhookDelivery[] {
    return this.#connection.read("read webhook deliveries", (database) =>
      database
        .query<RawRow, [Record<string, string | number>]>(`SELECT * FROM webhook_deliveries ${clauses}`)
        .all(values)
        .map(deliveryFromRow),
    );
  }
}

/** Converts a row of `webhook_deliveries`. @throws UnavailableError when a column has a value of another type. */
export function deliveryFromRow(raw: RawRow): WebhookDelivery {
  const row = new Row("webhook_deliveries", raw);
  return {
    id: row.text("id"),
    webhook: row.text("webhook"),
    event: row.text("event"),
    body: row.text("body"),
    status: row.oneOf("status", STATES),
    attempts: row.integer("attempts"),
    nextAt: row.textOrNull("next_at"),
    responseStatus: row.integerOrNull("response_status"),
    error: row.textOrNull("error"),
    createdAt: row.text("created_at"),
    updatedAt: row.text("updated_at"),
  };
}
