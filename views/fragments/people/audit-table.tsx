/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AuditRecord } from "../../../src/domain/access/audit.ts";
import type { AuditKind } from "../../../src/domain/access/audit-kinds.ts";
import { encodeActor } from "../../../src/domain/actor.ts";
import type { Text } from "../../i18n/text.ts";
import { auditHref } from "./audit-filter.tsx";
import { actionWords, detailWords, thingOf } from "./audit-words.ts";
import { personWords } from "./person-words.ts";

/** Records of the audit log. */
export interface AuditTableProps {
  text: Text;
  /** Newest first. */
  records: readonly AuditRecord[];
  /** The kind that is shown; the links of people keep it. */
  kind: AuditKind | null;
}

/** Records in words; each person is a link that shows only theirs. */
export function AuditTable({ text, records, kind }: AuditTableProps) {
  const { t } = text;
  const columns = ["at", "who", "what", "target", "detail", "address"] as const;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards audit-table">
        <caption>{t("audit.caption")}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{t(`audit.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <AuditRow text={text} record={record} kind={kind} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AuditRow({ text, record, kind }: { text: Text; record: AuditRecord; kind: AuditKind | null }) {
  const { t } = text;
  const { at, actor, action, outcome, detail, address } = record;
  const thing = thingOf(text, record);
  const details = detailWords(text, detail);
  return (
    <tr>
      <td data-label={t("audit.at")}>
        <time datetime={at}>{text.dateTime(at)}</time>
      </td>
      <td data-label={t("audit.who")}>
        <a href={auditHref({ actor: encodeActor(actor), kind })}>{personWords(text, actor)}</a>
      </td>
      <td data-label={t("audit.what")}>
        <span class="audit-what">
          {outcome === "refused" ? <strong class="tag tag-forced">{t("audit.refused")}</strong> : null}
          {actionWords(text, action)}
        </span>
      </td>
      <td class={thing === null ? "is-none" : ""} data-label={t("audit.target")}>
        {thing?.href == null ? thing?.words : <a href={thing.href}>{thing.words}</a>}
      </td>
      <td class={details.length === 0 ? "is-none" : ""} data-label={t("audit.detail")}>
        <span>
          {details.map((words) => (
            <span class="block">{words}</span>
          ))}
        </span>
      </td>
      <td class={address === null ? "is-none" : ""} data-label={t("audit.address")}>
        {address === null ? null : <code>{address}</code>}
      </td>
    </tr>
  );
}
