/** The things that actions of the audit log are done to: an action is `kind.what`, such as "model.promote". */
export const AUDIT_KINDS = [
  "account",
  "session",
  "token",
  "invitation",
  "access",
  "samples",
  "run",
  "model",
  "trial",
  "scheduler",
  "notice",
  "settings",
  "webhook",
  "server",
] as const;

/** A kind of actions. */
export type AuditKind = (typeof AUDIT_KINDS)[number];
