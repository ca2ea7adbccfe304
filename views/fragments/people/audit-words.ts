import type { AuditRecord } from "../../../src/domain/access/audit.ts";
import { isRole } from "../../../src/domain/access/role.ts";
import { auditEn } from "../../i18n/people/audit-en.ts";
import type { Text } from "../../i18n/text.ts";

type AuditKey = keyof typeof auditEn;

/** An action in words; the action itself where there are none, as of another release. */
export function actionWords({ t }: Text, action: string): string {
  return wordsOf(t, `audit.did.${action}`) ?? action;
}

/** The details of a record in words: "name: Ann", "from: viewer", "to: operator". */
export function detailWords({ t }: Text, detail: AuditRecord["detail"]): string[] {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([key, value]) =>
      t("audit.value", { name: wordsOf(t, `audit.field.${key}`) ?? key, value: valueWords(t, key, value) }),
    );
}

function valueWords(t: Text["t"], key: string, value: AuditRecord["detail"][string]): string {
  if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
  const isOfRole = ["role", "from", "to"].includes(key);
  return isOfRole && isRole(value) ? t(`role.${value}`) : String(value);
}

function wordsOf(t: Text["t"], key: string): string | null {
  return isAuditKey(key) ? t(key) : null;
}

function isAuditKey(key: string): key is AuditKey {
  return Object.hasOwn(auditEn, key);
}

/** The thing that an action was done to: its words, and the page that it has. */
export interface AuditThing {
  words: string;
  /** Null for what has no page. */
  href: string | null;
}

const VERSION = /^[1-9]\d{0,8}$/;
const RUN_ID = /^[\w-]{1,100}$/;

/** Returns what a record was done to; null when there is only one such thing. */
export function thingOf({ t }: Text, { action, target }: AuditRecord): AuditThing | null {
  if (target === null) return null;
  const named = (thing: string, href: string | null) => ({
    words:
      wordsOf(t, `audit.thing.${thing}`) === null
        ? target
        : t(`audit.thing.${thing}` as AuditKey, { target }),
    href,
  });
  const [kind = "", what = ""] = action.split(".");
  switch (kind) {
    case "account":
      return named("account", `/people#account-${encodeURIComponent(target)}`);
    case "invitation":
      return named("invitation", "/people/invitations");
    case "session":
    case "token":
    case "notice":
      return named(kind, null);
    case "model":
      return VERSION.test(target) ? named("model", `/models/${target}`) : named("alias", "/models");
    case "trial":
      return what === "start"
        ? named("model", `/models/${encodeURIComponent(target)}`)
        : named("trial", "/models/trials");
    case "run":
      return named("run", RUN_ID.test(target) ? `/runs/${target}` : null);
    case "scheduler":
      return named("request", "/scheduler");
    case "webhook":
      return named("webhook", "/webhooks");
    case "samples":
      if (what === "import") return named("upload", null);
      if (what === "undo") return named("action", null);
      return named("run", RUN_ID.test(target) ? `/runs/${target}` : null);
    default:
      return { words: target, href: null };
  }
}
