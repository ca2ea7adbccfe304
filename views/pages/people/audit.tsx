/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AuditRecord } from "../../../src/domain/access/audit.ts";
import { AuditFilter, type AuditFilterProps, auditHref } from "../../fragments/people/audit-filter.tsx";
import { AuditTable } from "../../fragments/people/audit-table.tsx";
import { PeopleTabs } from "../../fragments/people/people-tabs.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the Audit log page. */
export interface AuditPageProps extends PageProps, Omit<AuditFilterProps, "text"> {
  /** Newest first. */
  records: readonly AuditRecord[];
  isFirstPage: boolean;
  /** The next page shows records before this id; null at the end. */
  nextBefore: number | null;
}

/** Who did what, a page at a time. */
export function AuditPage(props: AuditPageProps) {
  const { text, records, accounts, actor, kind, isFirstPage, nextBefore } = props;
  const { t } = text;
  const isFiltered = actor !== "" || kind !== null;
  return (
    <Page {...props} title={t("audit.title")}>
      <div class="page-head">
        <div>
          <h1>{t("audit.title")}</h1>
          <p>{t("audit.lead")}</p>
        </div>
      </div>
      <div class="stack">
        <PeopleTabs text={text} current="audit" />
        <AuditFilter text={text} accounts={accounts} actor={actor} kind={kind} />
        {records.length === 0 ? (
          <p class="sheet soft">{t(isFiltered ? "audit.noneSuch" : "audit.none")}</p>
        ) : (
          <AuditTable text={text} records={records} kind={kind} />
        )}
        {nextBefore === null && isFirstPage ? null : (
          <p class="pager">
            {isFirstPage ? null : (
              <a class="button" href={auditHref(props)}>
                {t("audit.newest")}
              </a>
            )}
            {nextBefore === null ? null : (
              <a class="button" href={auditHref(props, nextBefore)}>
                {t("audit.older")}
              </a>
            )}
          </p>
        )}
        <section class="sheet stack" aria-labelledby="export">
          <h2 id="export">{t("audit.export")}</h2>
          <p class="people-actions">
            {(["csv", "ndjson"] as const).map((format) => (
              <a class="button" href={`/people/audit/export?format=${format}`} download>
                {t(`audit.export.${format}`)}
              </a>
            ))}
          </p>
        </section>
      </div>
    </Page>
  );
}
