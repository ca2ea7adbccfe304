import type { Database } from "bun:sqlite";
import type { AccessStore } from "../../../domain/access/access-store.ts";
import type { Account } from "../../../domain/access/account.ts";
import { cleanName, nameKey } from "../../../domain/access/account.ts";
import { type AccessLink, isOpen } from "../../../domain/access/link.ts";
import type { Session } from "../../../domain/access/session.ts";
import { type RawRow, Row } from "../../row.ts";
import { linkFromRow } from "./access-row.ts";
import {
  findNamed,
  insertAccount,
  nameTaken,
  requireNoGuest,
  updateAccount,
  wasAccount,
} from "./accounts.ts";
import { findSession } from "./sessions.ts";

/** Adds a link within the caller's transaction, and ends those that it replaces. */
export function insertLink(
  database: Database,
  link: Parameters<AccessStore["addLink"]>[0],
  now: string,
): AccessLink {
  if (link.kind !== "invitation") {
    database
      .query(
        `UPDATE access_links SET revoked_at = $now
         WHERE kind = $kind AND account_id IS $accountId AND revoked_at IS NULL`,
      )
      .run({ kind: link.kind, accountId: link.accountId, now });
  }
  const raw = database
    .query<RawRow, Record<string, string | number | null>>(
      `INSERT INTO access_links (secret_hash, kind, title, role, account_id, created_at, created_by, expires_at, most_uses)
       VALUES ($secretHash, $kind, $title, $role, $accountId, $now, $createdBy, $expiresAt, $mostUses) RETURNING *`,
    )
    .get({ ...link, now });
  return linkFromRow(raw ?? {});
}

/** Returns the link of a secret. */
export function findLink(database: Database, secretHash: string): AccessLink | null {
  const raw = database
    .query<RawRow, { secretHash: string }>("SELECT * FROM access_links WHERE secret_hash = $secretHash")
    .get({ secretHash });
  return raw === null ? null : linkFromRow(raw);
}

/** Counts a use of a link that works, within the caller's transaction. @returns null when it does not. */
function takeLink(
  database: Database,
  secretHash: string,
  kind: AccessLink["kind"],
  now: string,
): AccessLink | null {
  const link = findLink(database, secretHash);
  if (link === null || link.kind !== kind || !isOpen(link, now)) return null;
  database.query("UPDATE access_links SET uses = uses + 1 WHERE id = $id").run({ id: link.id });
  return link;
}

/** See `AccessStore.useAdminLink`. */
export function useAdminLink(
  database: Database,
  secretHash: string,
  { name, passwordHash }: { name: string; passwordHash: string },
  now: string,
): Account | null {
  if (takeLink(database, secretHash, "admin", now) === null) return null;
  const known = findNamed(database, name);
  if (known === null) return insertAccount(database, { name, role: "admin", passwordHash }, now);
  return updateAccount(database, known.account.id, { role: "admin", passwordHash, isDisabled: false }, now);
}

/** See `AccessStore.useAccountLink`. */
export function useAccountLink(
  database: Database,
  secretHash: string,
  passwordHash: string,
  now: string,
): Account | null {
  const link = takeLink(database, secretHash, "account", now);
  return link?.accountId == null ? null : updateAccount(database, link.accountId, { passwordHash }, now);
}

/** See `AccessStore.useInvitation`. */
export function useInvitation(
  database: Database,
  secretHash: string,
  guest: Parameters<AccessStore["useInvitation"]>[1],
  now: string,
): Session | null {
  const link = takeLink(database, secretHash, "invitation", now);
  if (link === null) return null;
  if (findNamed(database, guest.name) !== null || wasAccount(database, guest.name))
    throw nameTaken(guest.name);
  requireNoGuest(database, guest.name, now);
  const raw = database
    .query<RawRow, Record<string, string | number | null>>(
      `INSERT INTO access_sessions (secret_hash, link_id, guest, guest_key, created_at, seen_at, expires_at, agent, address)
       VALUES ($hash, $linkId, $name, $key, $now, $now, $expiresAt, $agent, $address) RETURNING id`,
    )
    .get({
      ...{ hash: guest.sessionHash, linkId: link.id, name: cleanName(guest.name), key: nameKey(guest.name) },
      ...{ now, expiresAt: link.expiresAt, agent: guest.agent, address: guest.address },
    });
  return findSession(database, new Row("access_sessions", raw ?? {}).integer("id"), now);
}

/** See `AccessStore.revokeLink`. */
export function revokeLink(database: Database, id: number, now: string): boolean {
  const { changes } = database
    .query("UPDATE access_links SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL")
    .run({ id, now });
  database.query("DELETE FROM access_sessions WHERE link_id = $id").run({ id });
  return changes > 0;
}
