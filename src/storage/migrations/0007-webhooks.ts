import type { Migration } from "../migrate.ts";

/** Deliveries to webhooks, and how far their sources have been read. */
export const webhooks: Migration = {
  version: 7,
  name: "webhooks",
  sql: `
    CREATE TABLE webhook_deliveries (
      seq             INTEGER PRIMARY KEY AUTOINCREMENT,
      id              TEXT NOT NULL UNIQUE,
      webhook         TEXT NOT NULL,
      event           TEXT NOT NULL,
      body            TEXT NOT NULL CHECK (json_valid(body)),
      status          TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
      attempts        INTEGER NOT NULL,
      next_at         TEXT,
      response_status INTEGER,
      error           TEXT,
      created_at      TEXT NOT NULL,
      updated_at      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL;
    CREATE TABLE webhook_cursors (source TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
