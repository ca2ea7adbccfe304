/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Account } from "../../../src/domain/access/account.ts";
import { AUDIT_KINDS, type AuditKind } from "../../../src/domain/access/audit-kinds.ts";
import { type Actor, COMMAND_LINE, decodeActor, encodeActor, LOCAL } from "../../../src/domain/actor.ts";
import type { Text } from "../../i18n/text.ts";
import { personWords } from "./person-words.ts";

/** The restrictions of the audit log. */
export interface AuditFilterProps {
  text: Text;
  accounts: readonly Account[];
  /** In the form of `encodeActor`; empty for anyone. */
  actor: string;
  /** Null for every kind. */
  kind: AuditKind | null;
}

/** The address of the audit log. @param before only records before this id. */
export function auditHref(
  { actor, kind }: Pick<AuditFilterProps, "actor" | "kind">,
  before: number | null = null,
): string {
  const params = new URLSearchParams();
  if (actor !== "") params.set("actor", actor);
  if (kind !== null) params.set("kind", kind);
  if (before !== null) params.set("before", String(before));
  return params.size === 0 ? "/people/audit" : `/people/audit?${params}`;
}

/** By person and kind of action: a form that works without script. Guests and tokens are chosen by their links below. */
export function AuditFilter({ text, accounts, actor, kind }: AuditFilterProps) {
  const { t } = text;
  const known: Actor[] = [
    ...accounts.map(({ name }): Actor => ({ kind: "session", name })),
    ...[LOCAL, COMMAND_LINE],
  ];
  const isKnown = known.some((one) => encodeActor(one) === actor);
  const other = actor === "" || isKnown ? null : decodeActor(actor);
  return (
    <search class="sheet">
      <form class="inline-form" method="get" action="/people/audit">
        <div class="field">
          <label for="audit-actor">{t("audit.who")}</label>
          <select id="audit-actor" name="actor">
            <option value="">{t("audit.anyActor")}</option>
            {[...known, ...(other === null ? [] : [other])].map((one) => (
              <option value={encodeActor(one)} selected={encodeActor(one) === actor}>
                {personWords(text, one)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="audit-kind">{t("audit.what")}</label>
          <select id="audit-kind" name="kind">
            <option value="">{t("audit.anyKind")}</option>
            {AUDIT_KINDS.map((one) => (
              <option value={one} selected={one === kind}>
                {t(`audit.kind.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <button class="button button-main" type="submit">
          {t("audit.filter")}
        </button>
        {actor === "" && kind === null ? null : (
          <a class="button" href="/people/audit">
            {t("audit.all")}
          </a>
        )}
      </form>
    </search>
  );
}
