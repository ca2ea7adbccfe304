import type { Database } from "bun:sqlite";
import type { AccessStore } from "../../../domain/access/access-store.ts";
import type { Session } from "../../../domain/access/session.ts";
import { type RawRow, Row } from "../../row.ts";
import { SESSION_COLUMNS, SESSION_HOLDS, SESSION_TABLES, sessionFromRow } from "./access-row.ts";

/** Sessions that are listed. */
const MOST = 500;

/** Starts a session of an account, within the caller's transaction; those that have expired are removed. */
export function insertSession(
  database: Database,
  session: Parameters<AccessStore["startSession"]>[0],
  now: string,
): number {
  database.query("DELETE FROM access_sessions WHERE expires_at <= $now").run({ now });
  const raw = database
    .query<RawRow, Record<string, string | number | null>>(
      `INSERT INTO access_sessions (secret_hash, account_id, created_at, seen_at, expires_at, agent, address)
       VALUES ($secretHash, $accountId, $now, $now, $expiresAt, $agent, $address) RETURNING id`,
    )
    .get({ ...session, now });
  database
    .query("UPDATE accounts SET last_login_at = $now WHERE id = $id")
    .run({ id: session.accountId, now });
  return new Row("access_sessions", raw ?? {}).integer("id");
}

/** Returns a session that lets someone in, by its id or the hash of its secret. */
export function findSession(database: Database, by: number | string, now: string): Session | null {
  const column = typeof by === "number" ? "s.id" : "s.secret_hash";
  const raw = database
    .query<RawRow, { by: number | string; now: string }>(
      `SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES} WHERE ${column} = $by AND ${SESSION_HOLDS}`,
    )
    .get({ by, now });
  return raw === null ? null : sessionFromRow(raw);
}

/** Returns the sessions that let someone in, those that were used last first. */
export function listSessions(database: Database, accountId: number | null, now: string): Session[] {
  return database
    .query<RawRow, { accountId: number | null; now: string; most: number }>(
      `SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES}
       WHERE ${SESSION_HOLDS} AND ($accountId IS NULL OR s.account_id = $accountId)
       ORDER BY s.seen_at DESC, s.id DESC LIMIT $most`,
    )
    .all({ accountId, now, most: MOST })
    .map(sessionFromRow);
}
