import type { Account } from "../../../domain/access/account.ts";
import type { AuditRecord } from "../../../domain/access/audit.ts";
import { type AccessLink, LINK_KINDS } from "../../../domain/access/link.ts";
import { lesserRole, ROLES } from "../../../domain/access/role.ts";
import type { AccessToken, Session } from "../../../domain/access/session.ts";
import { decodeActor } from "../../../domain/actor.ts";
import { UnavailableError } from "../../../lib/errors.ts";
import { type RawRow, Row } from "../../row.ts";

/** Converts a row of `accounts`. @throws UnavailableError, as all here, when a column has a value of another type. */
export function accountFromRow(raw: RawRow): Account {
  const row = new Row("accounts", raw);
  return {
    id: row.integer("id"),
    name: row.text("name"),
    role: row.oneOf("role", ROLES),
    hasPassword: row.textOrNull("password_hash") !== null,
    createdAt: row.text("created_at"),
    disabledAt: row.textOrNull("disabled_at"),
    lastLogInAt: row.textOrNull("last_login_at"),
  };
}

/** Columns of a session with its name and role; joined with its account (`a`) and its link (`l`). */
export const SESSION_COLUMNS = `s.id, s.account_id, s.link_id, coalesce(a.name, s.guest) AS name,
  coalesce(a.role, l.role) AS role, s.created_at, a.created_at AS account_created_at, s.seen_at, s.expires_at, s.agent, s.address`;
/** A session, and what it depends on. */
export const SESSION_TABLES = `access_sessions s LEFT JOIN accounts a ON a.id = s.account_id
  LEFT JOIN access_links l ON l.id = s.link_id`;
/** Whether a session lets someone in at $now. */
export const SESSION_HOLDS = "s.expires_at > $now AND a.disabled_at IS NULL AND l.revoked_at IS NULL";

/** Converts a row of `SESSION_COLUMNS`. */
export function sessionFromRow(raw: RawRow): Session {
  const row = new Row("access_sessions", raw);
  return {
    id: row.integer("id"),
    accountId: row.integerOrNull("account_id"),
    linkId: row.integerOrNull("link_id"),
    name: row.text("name"),
    role: row.oneOf("role", ROLES),
    createdAt: row.text("created_at"),
    accountCreatedAt: row.textOrNull("account_created_at"),
    seenAt: row.text("seen_at"),
    expiresAt: row.text("expires_at"),
    agent: row.textOrNull("agent"),
    address: row.textOrNull("address"),
  };
}

/** Columns of a token with its account (`a`). */
export const TOKEN_COLUMNS = `t.id, t.name, t.role, t.account_id, a.name AS account_name, a.role AS account_role,
  t.created_at, t.expires_at, t.used_at, t.revoked_at`;
/** A token, and what it depends on. */
export const TOKEN_TABLES = "access_tokens t LEFT JOIN accounts a ON a.id = t.account_id";
/** Whether a token lets a program in at $now. */
export const TOKEN_HOLDS =
  "t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $now) AND a.disabled_at IS NULL";

/** Converts a row of `TOKEN_COLUMNS`. Its role is at most that of its account. */
export function tokenFromRow(raw: RawRow): AccessToken {
  const row = new Row("access_tokens", raw);
  const accountId = row.integerOrNull("account_id");
  const own = row.oneOf("role", ROLES);
  return {
    id: row.integer("id"),
    name: row.text("name"),
    role: accountId === null ? own : lesserRole(own, row.oneOf("account_role", ROLES)),
    accountId,
    accountName: row.textOrNull("account_name"),
    createdAt: row.text("created_at"),
    expiresAt: row.textOrNull("expires_at"),
    usedAt: row.textOrNull("used_at"),
    revokedAt: row.textOrNull("revoked_at"),
  };
}

/** Converts a row of `access_links`. */
export function linkFromRow(raw: RawRow): AccessLink {
  const row = new Row("access_links", raw);
  return {
    id: row.integer("id"),
    kind: row.oneOf("kind", LINK_KINDS),
    title: row.textOrNull("title"),
    role: row.oneOf("role", ROLES),
    accountId: row.integerOrNull("account_id"),
    createdAt: row.text("created_at"),
    createdBy: row.text("created_by"),
    expiresAt: row.text("expires_at"),
    uses: row.integer("uses"),
    mostUses: row.integer("most_uses"),
    revokedAt: row.textOrNull("revoked_at"),
  };
}

/** Converts a row of `audit`. */
export function auditFromRow(raw: RawRow): AuditRecord {
  const row = new Row("audit", raw);
  const actor = decodeActor(row.text("actor"));
  if (actor === null)
    throw new UnavailableError(`Cannot read audit: actor is ${JSON.stringify(row.text("actor"))}`);
  return {
    id: row.integer("id"),
    at: row.text("at"),
    actor,
    action: row.text("action"),
    target: row.textOrNull("target"),
    outcome: row.oneOf("outcome", ["done", "refused"]),
    detail: row.json<AuditRecord["detail"]>("detail"),
    address: row.textOrNull("address"),
  };
}
