import type { Actor } from "../actor.ts";
import type { Role } from "./role.ts";

/**
 * Who sent a request. `machine`: a person or program on this machine, without an account. `account`: someone who has
 * logged in. `guest`: someone who came by an invitation, and gave a name only. `token`: a program. `visitor`: anyone, on
 * a server where anyone may draw and label.
 */
export interface Identity {
  readonly kind: "machine" | "account" | "guest" | "token" | "visitor";
  readonly role: Role;
  /** The name of the account or token, or what a guest calls himself; null for the others. */
  readonly name: string | null;
  /** The account, also that which a token belongs to. */
  readonly accountId: number | null;
  readonly sessionId: number | null;
  /**
   * The time from which what was stored by this name is theirs (ISO 8601), because a name can be given again: the start of
   * the session of a guest, or the creation of the account or token; null for the others.
   */
  readonly since: string | null;
  /** Who the store says has changed something. */
  readonly actor: Actor;
}

/** A person or program on this machine. */
export const MACHINE: Identity = {
  kind: "machine",
  role: "admin",
  name: null,
  accountId: null,
  sessionId: null,
  since: null,
  actor: { kind: "local", name: null },
};

/** Anyone, on a server where anyone may draw and label. */
export const VISITOR: Identity = {
  kind: "visitor",
  role: "labeller",
  name: null,
  accountId: null,
  sessionId: null,
  since: null,
  actor: { kind: "session", name: null },
};
