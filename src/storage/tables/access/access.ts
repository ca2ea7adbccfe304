import type { Database } from "bun:sqlite";
import type { AccessStore } from "../../../domain/access/access-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import type { RawRow } from "../../row.ts";
import { accountFromRow, linkFromRow } from "./access-row.ts";
import {
  endInvitationsOf,
  findAccount,
  findNamed,
  hasAdmin,
  insertAccount,
  keepingAnAdmin,
  updateAccount,
} from "./accounts.ts";
import { appendRecord, listRecords } from "./audit.ts";
import { findLink, insertLink, revokeLink, useAccountLink, useAdminLink, useInvitation } from "./links.ts";
import { findSession, insertSession, listSessions } from "./sessions.ts";
import { findToken, insertToken, listTokens } from "./tokens.ts";

/** Invitations that are listed. */
const MOST_INVITATIONS = 200;

/** The tables `accounts`, `access_sessions`, `access_tokens`, `access_links` and `audit`. */
export class SqliteAccess implements AccessStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #read<T>(what: string, work: (database: Database, now: string) => T): T {
    return this.#connection.read(what, (database) => work(database, this.#now()));
  }

  #write<T>(what: string, work: (database: Database, now: string) => T): Promise<T> {
    return this.#connection.write(what, (database) => work(database, this.#now()));
  }

  async accounts() {
    return this.#read("read the accounts", (database) =>
      database.query<RawRow, []>("SELECT * FROM accounts ORDER BY name_key").all().map(accountFromRow),
    );
  }

  async account(id: number) {
    return this.#read("read an account", (database) => findAccount(database, id));
  }

  async accountNamed(name: string) {
    return this.#read("read an account", (database) => findNamed(database, name));
  }

  async hasAdmin() {
    return this.#read("read the accounts", hasAdmin);
  }

  async addAccount(account: Parameters<AccessStore["addAccount"]>[0]) {
    return this.#write("add an account", (database, now) => insertAccount(database, account, now));
  }

  async changeAccount(...[id, change]: Parameters<AccessStore["changeAccount"]>) {
    return this.#write("change an account", (database, now) =>
      keepingAnAdmin(database, () => updateAccount(database, id, change, now)),
    );
  }

  async removeAccount(id: number) {
    return this.#write("remove an account", (database, now) =>
      keepingAnAdmin(database, () => {
        const account = findAccount(database, id);
        if (account === null) return false;
        endInvitationsOf(database, account, now);
        return database.query("DELETE FROM accounts WHERE id = $id").run({ id }).changes > 0;
      }),
    );
  }

  async startSession(session: Parameters<AccessStore["startSession"]>[0]) {
    return this.#write("start a session", (database, now) => insertSession(database, session, now));
  }

  async session(secretHash: string) {
    return this.#read("read a session", (database, now) => findSession(database, secretHash, now));
  }

  async touchSession(id: number, expiresAt: string) {
    await this.#connection.writeWithoutSync("record the use of a session", (database) => {
      database
        .query("UPDATE access_sessions SET seen_at = $now, expires_at = $expiresAt WHERE id = $id")
        .run({ id, now: this.#now(), expiresAt });
    });
  }

  async sessions(accountId?: number) {
    return this.#read("read the sessions", (database, now) => listSessions(database, accountId ?? null, now));
  }

  async endSession(id: number) {
    return this.#write(
      "end a session",
      (database) => database.query("DELETE FROM access_sessions WHERE id = $id").run({ id }).changes > 0,
    );
  }

  async addToken(token: Parameters<AccessStore["addToken"]>[0]) {
    return this.#write("add a token", (database, now) => insertToken(database, token, now));
  }

  async token(secretHash: string) {
    return this.#read("read a token", (database, now) => findToken(database, secretHash, now));
  }

  async touchToken(id: number) {
    await this.#connection.writeWithoutSync("record the use of a token", (database) => {
      database.query("UPDATE access_tokens SET used_at = $now WHERE id = $id").run({ id, now: this.#now() });
    });
  }

  async tokens(accountId?: number) {
    return this.#read("read the tokens", (database) => listTokens(database, accountId ?? null));
  }

  async revokeToken(id: number) {
    return this.#write(
      "revoke a token",
      (database, now) =>
        database
          .query("UPDATE access_tokens SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL")
          .run({ id, now }).changes > 0,
    );
  }

  async addLink(link: Parameters<AccessStore["addLink"]>[0]) {
    return this.#write("make a link", (database, now) => insertLink(database, link, now));
  }

  async link(secretHash: string) {
    return this.#read("read a link", (database) => findLink(database, secretHash));
  }

  async invitations() {
    return this.#read("read the invitations", (database) =>
      database
        .query<RawRow, { most: number }>(
          "SELECT * FROM access_links WHERE kind = 'invitation' ORDER BY id DESC LIMIT $most",
        )
        .all({ most: MOST_INVITATIONS })
        .map(linkFromRow),
    );
  }

  async revokeLink(id: number) {
    return this.#write("end a link", (database, now) => revokeLink(database, id, now));
  }

  async useAdminLink(...[secretHash, account]: Parameters<AccessStore["useAdminLink"]>) {
    return this.#write("make an admin", (database, now) => useAdminLink(database, secretHash, account, now));
  }

  async useAccountLink(...[secretHash, passwordHash]: Parameters<AccessStore["useAccountLink"]>) {
    return this.#write("choose a password", (database, now) =>
      useAccountLink(database, secretHash, passwordHash, now),
    );
  }

  async useInvitation(...[secretHash, guest]: Parameters<AccessStore["useInvitation"]>) {
    return this.#write("let a guest in", (database, now) => useInvitation(database, secretHash, guest, now));
  }

  async endEverySession() {
    await this.#write("end all sessions", (database, now) => {
      database.run("DELETE FROM access_sessions");
      database.query("UPDATE access_links SET revoked_at = $now WHERE revoked_at IS NULL").run({ now });
    });
  }

  async record(record: Parameters<AccessStore["record"]>[0]) {
    return this.#write("write the audit log", (database) => appendRecord(database, record));
  }

  async audit(query: Parameters<AccessStore["audit"]>[0]) {
    return this.#read("read the audit log", (database) => listRecords(database, query));
  }
}
