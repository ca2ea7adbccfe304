import type { Account } from "./account.ts";
import type { AuditQuery, AuditRecord, NewAuditRecord } from "./audit.ts";
import type { AccessLink } from "./link.ts";
import type { Role } from "./role.ts";
import type { AccessToken, Session } from "./session.ts";

/** A change of an account. A password or `isDisabled` ends its sessions. */
export interface AccountChange {
  role?: Role;
  passwordHash?: string;
  isDisabled?: boolean;
}

/**
 * Who may do what. Secrets come and are kept as SHA-256 hashes, in hex: whoever reads the store can log in with none of
 * them. Times are those of the store's clock.
 */
export interface AccessStore {
  /** All accounts, by name. */
  accounts(): Promise<Account[]>;
  account(id: number): Promise<Account | null>;
  /** The account of a name in any case, with the hash of its password (null until one is chosen). */
  accountNamed(name: string): Promise<{ account: Account; passwordHash: string | null } | null>;
  /** Whether an admin can log in. */
  hasAdmin(): Promise<boolean>;
  /** @throws ConflictError when another account, or a guest who is here, has the name. */
  addAccount(account: { name: string; role: Role; passwordHash: string | null }): Promise<Account>;
  /**
   * @returns null when there is no such account.
   * @throws ConflictError when no admin would be left who can log in.
   */
  changeAccount(id: number, change: AccountChange): Promise<Account | null>;
  /** Removes an account with its sessions, links and tokens. @throws ConflictError as `changeAccount`. */
  removeAccount(id: number): Promise<boolean>;

  /** Starts a session of an account. */
  startSession(session: {
    secretHash: string;
    accountId: number;
    expiresAt: string;
    agent: string | null;
    address: string | null;
  }): Promise<number>;
  /** The session of a secret that has neither expired nor ended, of an account that is not disabled. */
  session(secretHash: string): Promise<Session | null>;
  /** Records that a session is in use, and how long it now lasts. */
  touchSession(id: number, expiresAt: string): Promise<void>;
  /** Sessions that have not expired, those that were used last first; of one account, or all. */
  sessions(accountId?: number): Promise<Session[]>;
  /** @returns whether there was one. */
  endSession(id: number): Promise<boolean>;

  /** @throws ConflictError when the account has a token of that name that works. */
  addToken(token: {
    secretHash: string;
    name: string;
    role: Role;
    accountId: number | null;
    expiresAt: string | null;
  }): Promise<AccessToken>;
  /** The token of a secret that works: neither revoked nor expired, of an account that is not disabled. */
  token(secretHash: string): Promise<AccessToken | null>;
  touchToken(id: number): Promise<void>;
  /** Newest first, those that were revoked too; of one account, or all. */
  tokens(accountId?: number): Promise<AccessToken[]>;
  /** @returns whether there was one that worked. */
  revokeToken(id: number): Promise<boolean>;

  /** Makes a link. One that makes an admin, or is for an account, ends earlier ones of its kind and account. */
  addLink(link: {
    secretHash: string;
    kind: AccessLink["kind"];
    title: string | null;
    role: Role;
    accountId: number | null;
    createdBy: string;
    expiresAt: string;
    mostUses: number;
  }): Promise<AccessLink>;
  /** The link of a secret, whether it still works or not. */
  link(secretHash: string): Promise<AccessLink | null>;
  /** Invitations, newest first. */
  invitations(): Promise<AccessLink[]>;
  /** Ends a link, and the sessions of those who came by it. @returns whether there was one that was not ended. */
  revokeLink(id: number): Promise<boolean>;
  /**
   * Uses a link that makes an admin, in one transaction: the account of that name becomes an admin with this password, or
   * is created.
   * @returns null when the link no longer works. @throws ConflictError when a guest who is here has the name.
   */
  useAdminLink(secretHash: string, account: { name: string; passwordHash: string }): Promise<Account | null>;
  /** Uses a link for an account: its password is this one. @returns null when the link no longer works. */
  useAccountLink(secretHash: string, passwordHash: string): Promise<Account | null>;
  /**
   * Uses an invitation: starts the session of a guest, which ends with the invitation.
   * @returns null when the invitation no longer works.
   * @throws ConflictError when an account, or another guest of that invitation, has the name.
   */
  useInvitation(
    secretHash: string,
    guest: { name: string; sessionHash: string; agent: string | null; address: string | null },
  ): Promise<Session | null>;

  /** Ends all sessions and links: they belong to the machine and the time of the store that this one is a copy of. */
  endEverySession(): Promise<void>;

  /** Appends a record; nothing changes or removes one. @returns its id. */
  record(record: NewAuditRecord): Promise<number>;
  /** Newest first. */
  audit(query: AuditQuery): Promise<AuditRecord[]>;
}
