import type { Database } from "bun:sqlite";
import type { AccountChange } from "../../../domain/access/access-store.ts";
import { type Account, cleanName, nameKey } from "../../../domain/access/account.ts";
import type { Role } from "../../../domain/access/role.ts";
import { ConflictError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import type { RawRow } from "../../row.ts";
import { accountFromRow, SESSION_HOLDS, SESSION_TABLES } from "./access-row.ts";

/** Returns an account within the caller's transaction. */
export function findAccount(database: Database, id: number): Account | null {
  const raw = database.query<RawRow, { id: number }>("SELECT * FROM accounts WHERE id = $id").get({ id });
  return raw === null ? null : accountFromRow(raw);
}

/** Returns the account of a name, and the hash of its password. */
export function findNamed(
  database: Database,
  name: string,
): { account: Account; passwordHash: string | null } | null {
  const raw = database
    .query<RawRow & { password_hash: string | null }, { key: string }>(
      "SELECT * FROM accounts WHERE name_key = $key",
    )
    .get({ key: nameKey(name) });
  return raw === null ? null : { account: accountFromRow(raw), passwordHash: raw.password_hash };
}

/** @throws ConflictError when a guest who is here has the name. */
export function requireNoGuest(database: Database, name: string, now: string): void {
  const guest = database
    .query(`SELECT 1 FROM ${SESSION_TABLES} WHERE s.guest_key = $key AND ${SESSION_HOLDS}`)
    .get({ key: nameKey(name), now });
  if (guest !== null) throw nameTaken(name);
}

/** Whether an account that was removed had the name. */
export function wasAccount(database: Database, name: string): boolean {
  return (
    database.query("SELECT 1 FROM former_accounts WHERE name_key = $key").get({ key: nameKey(name) }) !== null
  );
}

/** The error for a name that someone else has. */
export function nameTaken(name: string): ConflictError {
  return new ConflictError(`Someone else is called "${cleanName(name)}" here. Choose another name`, {
    says: saying("access.nameTaken", { name: cleanName(name) }),
  });
}

/** Adds an account within the caller's transaction. @throws ConflictError when the name is taken. */
export function insertAccount(
  database: Database,
  { name, role, passwordHash }: { name: string; role: Role; passwordHash: string | null },
  now: string,
): Account {
  if (findNamed(database, name) !== null) throw nameTaken(name);
  requireNoGuest(database, name, now);
  const raw = database
    .query<RawRow, Record<string, string | null>>(
      `INSERT INTO accounts (name, name_key, role, password_hash, created_at)
       VALUES ($name, $key, $role, $passwordHash, $now) RETURNING *`,
    )
    .get({ name: cleanName(name), key: nameKey(name), role, passwordHash, now });
  return accountFromRow(raw ?? {});
}

/** Changes an account within the caller's transaction, and ends its sessions where the change requires that. */
export function updateAccount(
  database: Database,
  id: number,
  { role, passwordHash, isDisabled }: AccountChange,
  now: string,
): Account | null {
  const raw = database
    .query<
      RawRow,
      { id: number; role: string | null; passwordHash: string | null; disabled: number | null; now: string }
    >(
      `UPDATE accounts SET role = coalesce($role, role), password_hash = coalesce($passwordHash, password_hash),
         disabled_at = CASE $disabled WHEN 1 THEN coalesce(disabled_at, $now) WHEN 0 THEN NULL ELSE disabled_at END
       WHERE id = $id RETURNING *`,
    )
    .get({
      id,
      role: role ?? null,
      passwordHash: passwordHash ?? null,
      disabled: isDisabled === undefined ? null : Number(isDisabled),
      now,
    });
  if (raw === null) return null;
  const account = accountFromRow(raw);
  if (passwordHash !== undefined || isDisabled === true) {
    database.query("DELETE FROM access_sessions WHERE account_id = $id").run({ id });
  }
  if (isDisabled === true) endInvitationsOf(database, account, now);
  return account;
}

/**
 * Ends the invitations that someone has made, in person or by a token, with the sessions of those who came by them: whoever
 * may no longer come in lets nobody else in.
 */
export function endInvitationsOf(database: Database, { name, createdAt }: Account, now: string): void {
  const made = `kind = 'invitation' AND created_at >= $createdAt
    AND (created_by = $session OR substr(created_by, 1, length($tokens)) = $tokens)`;
  const by = { createdAt, session: `session:${name}`, tokens: `token:${name}/` };
  database
    .query(`DELETE FROM access_sessions WHERE link_id IN (SELECT id FROM access_links WHERE ${made})`)
    .run(by);
  database
    .query(`UPDATE access_links SET revoked_at = $now WHERE revoked_at IS NULL AND ${made}`)
    .run({ ...by, now });
}

/** Whether an admin can log in. */
export function hasAdmin(database: Database): boolean {
  const sql =
    "SELECT 1 FROM accounts WHERE role = 'admin' AND disabled_at IS NULL AND password_hash IS NOT NULL";
  return database.query(sql).get() !== null;
}

/**
 * Runs `work`, which the caller's transaction undoes when it has removed the last admin.
 * @throws ConflictError then.
 */
export function keepingAnAdmin<T>(database: Database, work: () => T): T {
  const had = hasAdmin(database);
  const result = work();
  if (had && !hasAdmin(database)) {
    throw new ConflictError("This is the last admin who can log in. Make someone else an admin first", {
      says: saying("access.lastAdmin"),
    });
  }
  return result;
}
