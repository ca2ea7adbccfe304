import type { Database } from "bun:sqlite";
import type { AccessStore } from "../../../domain/access/access-store.ts";
import type { AccessToken } from "../../../domain/access/session.ts";
import { ConflictError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { type RawRow, Row } from "../../row.ts";
import { TOKEN_COLUMNS, TOKEN_HOLDS, TOKEN_TABLES, tokenFromRow } from "./access-row.ts";

/** Tokens that are listed. */
const MOST = 500;

/** Adds a token within the caller's transaction. @throws ConflictError when its name is in use. */
export function insertToken(
  database: Database,
  token: Parameters<AccessStore["addToken"]>[0],
  now: string,
): AccessToken {
  const { name, accountId } = token;
  const twin = database
    .query(
      `SELECT 1 FROM ${TOKEN_TABLES} WHERE t.name = $name AND t.account_id IS $accountId AND ${TOKEN_HOLDS}`,
    )
    .get({ name, accountId, now });
  if (twin !== null) {
    throw new ConflictError(`There is a token "${name}" already. Choose another name, or revoke that one`, {
      says: saying("access.tokenTaken", { name }),
    });
  }
  const raw = database
    .query<RawRow, Record<string, string | number | null>>(
      `INSERT INTO access_tokens (secret_hash, name, role, account_id, created_at, expires_at)
       VALUES ($secretHash, $name, $role, $accountId, $now, $expiresAt) RETURNING id`,
    )
    .get({ ...token, now });
  const id = new Row("access_tokens", raw ?? {}).integer("id");
  const stored = database
    .query<RawRow, { id: number }>(`SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES} WHERE t.id = $id`)
    .get({ id });
  return tokenFromRow(stored ?? {});
}

/** Returns the token of a secret, if it works. */
export function findToken(database: Database, secretHash: string, now: string): AccessToken | null {
  const raw = database
    .query<RawRow, { secretHash: string; now: string }>(
      `SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES} WHERE t.secret_hash = $secretHash AND ${TOKEN_HOLDS}`,
    )
    .get({ secretHash, now });
  return raw === null ? null : tokenFromRow(raw);
}

/** Returns tokens, newest first. */
export function listTokens(database: Database, accountId: number | null): AccessToken[] {
  return database
    .query<RawRow, { accountId: number | null; most: number }>(
      `SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES}
       WHERE $accountId IS NULL OR t.account_id = $accountId ORDER BY t.id DESC LIMIT $most`,
    )
    .all({ accountId, most: MOST })
    .map(tokenFromRow);
}
