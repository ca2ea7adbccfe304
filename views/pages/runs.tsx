/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_COMPARED } from "../../src/domain/runs/compare-runs.ts";
import { RunForm, type RunFormProps } from "../fragments/runs/run-form.tsx";
import { RunsFilter, type RunsFilterProps, runsHref } from "../fragments/runs/runs-filter.tsx";
import { RunsTable, type RunsTableProps } from "../fragments/runs/runs-table.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Runs page. */
export interface RunsPageProps extends PageProps {
  form: Omit<RunFormProps, "text">;
  table: Omit<RunsTableProps, "text">;
  filter: Omit<RunsFilterProps, "text">;
  /** Cursor of the next, older page; null at the end. */
  nextCursor: string | null;
  isFirstPage: boolean;
  /** Whether these are the newest of all runs: only they change while the page is open. */
  isLive: boolean;
}

/** The page of all runs. */
export function RunsPage(props: RunsPageProps) {
  const { text, form, table, filter, nextCursor, isFirstPage, isLive } = props;
  const { query } = filter;
  const { t } = text;
  const live = isLive ? { "hx-sse:connect": "/events?view=runs", "hx-swap": "innerMorph" } : {};
  return (
    <Page {...props} title={t("runs.title")}>
      <div class="page-head">
        <div>
          <h1>{t("runs.title")}</h1>
          <p>{t("runs.lead")}</p>
        </div>
      </div>
      <div class="stack">
        <RunForm text={text} {...form} />
        <RunsFilter text={text} {...filter} />
        <form id="runs-compare" method="get" action="/runs/compare">
          <button class="button" type="submit">
            {t("compare.chosen", { max: MAX_COMPARED })}
          </button>
        </form>
        <div id="runs" {...live}>
          <RunsTable text={text} {...table} />
        </div>
        {nextCursor === null && isFirstPage ? null : (
          <p class="pager">
            {isFirstPage ? null : (
              <a class="button" href={runsHref(query)}>
                {t("runs.firstPage")}
              </a>
            )}
            {nextCursor === null ? null : (
              <a class="button" href={runsHref(query, nextCursor)}>
                {t("runs.nextPage")}
              </a>
            )}
          </p>
        )}
      </div>
    </Page>
  );
}
