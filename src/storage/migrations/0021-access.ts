import type { Migration } from "../migrate.ts";

/**
 * People, what lets them in, and what they did. Secrets are hashes. A session belongs to an account or came by an
 * invitation, and ends with it. `audit` only grows: triggers refuse everything else.
 */
export const access: Migration = {
  version: 21,
  name: "accounts, sessions, tokens, links and the audit log",
  sql: `
    CREATE TABLE accounts (
      id            INTEGER PRIMARY KEY AUTOINCREMENT,
      name          TEXT NOT NULL,
      name_key      TEXT NOT NULL UNIQUE,
      role          TEXT NOT NULL CHECK (role IN ('viewer', 'labeller', 'operator', 'admin')),
      password_hash TEXT,
      created_at    TEXT NOT NULL,
      disabled_at   TEXT,
      last_login_at TEXT
    ) STRICT;

    -- Names of accounts that were removed: a guest must not sign as one of them.
    CREATE TABLE former_accounts (name_key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TRIGGER accounts_are_remembered AFTER DELETE ON accounts
      BEGIN INSERT OR IGNORE INTO former_accounts (name_key) VALUES (old.name_key); END;

    CREATE TABLE access_links (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      secret_hash TEXT NOT NULL UNIQUE,
      kind        TEXT NOT NULL CHECK (kind IN ('admin', 'account', 'invitation')),
      title       TEXT,
      role        TEXT NOT NULL CHECK (role IN ('viewer', 'labeller', 'operator', 'admin')),
      account_id  INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      created_at  TEXT NOT NULL,
      created_by  TEXT NOT NULL,
      expires_at  TEXT NOT NULL,
      uses        INTEGER NOT NULL DEFAULT 0,
      most_uses   INTEGER NOT NULL,
      revoked_at  TEXT,
      CHECK ((kind = 'account') = (account_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX access_links_by_account ON access_links (account_id);

    CREATE TABLE access_sessions (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      secret_hash TEXT NOT NULL UNIQUE,
      account_id  INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      link_id     INTEGER REFERENCES access_links (id) ON DELETE CASCADE,
      guest       TEXT,
      guest_key   TEXT,
      created_at  TEXT NOT NULL,
      seen_at     TEXT NOT NULL,
      expires_at  TEXT NOT NULL,
      agent       TEXT,
      address     TEXT,
      CHECK ((account_id IS NULL) = (link_id IS NOT NULL AND guest IS NOT NULL AND guest_key IS NOT NULL))
    ) STRICT;
    CREATE INDEX access_sessions_by_account ON access_sessions (account_id);
    CREATE INDEX access_sessions_by_guest ON access_sessions (guest_key) WHERE guest_key IS NOT NULL;
    CREATE INDEX access_sessions_by_link ON access_sessions (link_id);
    CREATE INDEX access_sessions_by_expiry ON access_sessions (expires_at);

    CREATE TABLE access_tokens (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      secret_hash TEXT NOT NULL UNIQUE,
      name        TEXT NOT NULL,
      role        TEXT NOT NULL CHECK (role IN ('viewer', 'labeller', 'operator', 'admin')),
      account_id  INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      created_at  TEXT NOT NULL,
      expires_at  TEXT,
      used_at     TEXT,
      revoked_at  TEXT
    ) STRICT;
    CREATE INDEX access_tokens_by_account ON access_tokens (account_id);

    CREATE TABLE audit (
      id      INTEGER PRIMARY KEY AUTOINCREMENT,
      at      TEXT NOT NULL,
      actor   TEXT NOT NULL,
      action  TEXT NOT NULL,
      target  TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
      detail  TEXT NOT NULL,
      address TEXT
    ) STRICT;
    CREATE INDEX audit_by_actor ON audit (actor, id);
    CREATE INDEX audit_by_action ON audit (action, id);
    CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
      BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
      BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    -- REPLACE removes the old row without the trigger above.
    CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit
      WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
      BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
  `,
};
