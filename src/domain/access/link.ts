import type { Role } from "./role.ts";

/**
 * `admin`: works once, and makes an admin. `account`: works once; the person chooses the password of an account.
 * `invitation`: for many; whoever has it gives a name and may then do what its role may.
 */
export const LINK_KINDS = ["admin", "account", "invitation"] as const;

/** A link that lets someone in. */
export interface AccessLink {
  readonly id: number;
  readonly kind: (typeof LINK_KINDS)[number];
  /** Of an invitation; what it is for, such as "Class 3b". */
  readonly title: string | null;
  readonly role: Role;
  readonly accountId: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  /** How many people came by it, and the most that may. */
  readonly uses: number;
  readonly mostUses: number;
  readonly revokedAt: string | null;
}

/** Whether a link still works. @param now ISO 8601. */
export function isOpen(link: AccessLink, now: string): boolean {
  return link.revokedAt === null && link.expiresAt > now && link.uses < link.mostUses;
}
