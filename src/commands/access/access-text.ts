import type { Account } from "../../domain/access/account.ts";
import type { AuditRecord } from "../../domain/access/audit.ts";
import { encodeActor } from "../../domain/actor.ts";

/** The accounts as lines of text. */
export function accountsText(accounts: readonly Account[]): string {
  if (accounts.length === 0) return "There are no accounts\n";
  return accounts
    .map(({ name, role, hasPassword, disabledAt, lastLogInAt }) => {
      const state = disabledAt !== null ? "disabled" : hasPassword ? "" : "has not chosen a password yet";
      const last = lastLogInAt === null ? "never logged in" : `last logged in ${lastLogInAt}`;
      return `${[name, role, last, state].filter((part) => part !== "").join(", ")}\n`;
    })
    .join("");
}

/** Records of the audit log as lines of text, one each, also where others have typed a line break. */
export function auditText(records: readonly AuditRecord[]): string {
  if (records.length === 0) return "The audit log is empty\n";
  return records
    .map(({ at, actor, action, target, outcome, detail, address }) => {
      const what = target === null ? action : `${action} ${JSON.stringify(target)}`;
      const more = Object.keys(detail).length === 0 ? "" : ` ${JSON.stringify(detail)}`;
      const from = address === null ? "" : ` from ${address}`;
      return `${at} ${JSON.stringify(encodeActor(actor))} ${what}${outcome === "refused" ? " (refused)" : ""}${more}${from}\n`;
    })
    .join("");
}
