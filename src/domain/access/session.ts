import type { Role } from "./role.ts";

/** A browser in which someone is logged in. */
export interface Session {
  readonly id: number;
  /** Null for a guest. */
  readonly accountId: number | null;
  /** The link by which a guest came. */
  readonly linkId: number | null;
  /** The name of the account, or what a guest calls himself. */
  readonly name: string;
  /** Of the account at present, or of the invitation. */
  readonly role: Role;
  readonly createdAt: string;
  /** Of its account; null for a guest. */
  readonly accountCreatedAt: string | null;
  readonly seenAt: string;
  readonly expiresAt: string;
  /** The browser's own description of itself, cut; null when it sent none. */
  readonly agent: string | null;
  readonly address: string | null;
}

/** How long a session of an account lasts without being used. */
export const SESSION_IDLE_DAYS = 14;
/** How long it lasts at most. */
export const SESSION_DAYS = 90;

/** Access of a program. */
export interface AccessToken {
  readonly id: number;
  readonly name: string;
  /** At most what its account may do. */
  readonly role: Role;
  /** Null for one that was made on this machine, without an account. */
  readonly accountId: number | null;
  readonly accountName: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
}
