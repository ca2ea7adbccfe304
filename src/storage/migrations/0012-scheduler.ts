import type { Migration } from "../migrate.ts";

/**
 * Who started and cancelled a run; why the scheduler was paused and what it waits for; the requests that a person
 * decides. The index finds samples that a person has changed since they were stored.
 */
export const schedulerRequests: Migration = {
  version: 12,
  name: "scheduler requests",
  sql: `
    ALTER TABLE runs ADD COLUMN started_by TEXT;
    ALTER TABLE runs ADD COLUMN cancelled_by TEXT;

    ALTER TABLE scheduler_ticks ADD COLUMN data TEXT CHECK (data IS NULL OR json_valid(data));

    ALTER TABLE scheduler_state ADD COLUMN changed_by TEXT;
    ALTER TABLE scheduler_state ADD COLUMN reason TEXT;
    ALTER TABLE scheduler_state ADD COLUMN changed_at TEXT;
    ALTER TABLE scheduler_state ADD COLUMN cron_schedule TEXT;
    ALTER TABLE scheduler_state ADD COLUMN cron_after TEXT;
    ALTER TABLE scheduler_state ADD COLUMN answered_alarm TEXT;
    ALTER TABLE scheduler_state ADD COLUMN declined_at TEXT;
    ALTER TABLE scheduler_state ADD COLUMN declined_sample_id TEXT;

    CREATE TABLE scheduler_requests (
      id                INTEGER PRIMARY KEY AUTOINCREMENT,
      kind              TEXT NOT NULL CHECK (kind IN ('run', 'promotion')),
      state             TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'declined', 'withdrawn', 'done')),
      pipeline          TEXT,
      "trigger"         TEXT,
      model_version     INTEGER,
      expected_previous INTEGER,
      run_id            TEXT,
      reason            TEXT NOT NULL,
      says              TEXT CHECK (says IS NULL OR json_valid(says)),
      requested_by      TEXT NOT NULL,
      created_at        TEXT NOT NULL,
      decided_by        TEXT,
      decision_reason   TEXT,
      decided_at        TEXT
    ) STRICT;
    CREATE INDEX scheduler_requests_by_state ON scheduler_requests (state, kind, id);

    CREATE INDEX samples_by_change ON samples (updated_at, arrival) WHERE updated_at <> created_at;
  `,
};
