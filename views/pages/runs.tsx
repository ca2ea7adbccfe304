/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { RunForm, type RunFormProps } from "../fragments/runs/run-form.tsx";
import { RunsTable, type RunsTableProps } from "../fragments/runs/runs-table.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Runs page. */
export interface RunsPageProps extends PageProps {
  form: Omit<RunFormProps, "text">;
  table: Omit<RunsTableProps, "text">;
  /** Cursor of the next, older page; null at the end. */
  nextCursor: string | null;
  /** Whether these are the newest runs: only they change while the page is open. */
  isFirstPage: boolean;
}

/** The page of all runs. */
export function RunsPage(props: RunsPageProps) {
  const { text, form, table, nextCursor, isFirstPage } = props;
  const { t } = text;
  const live = isFirstPage ? { "hx-sse:connect": "/events?view=runs", "hx-swap": "innerMorph" } : {};
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
        <div id="runs" {...live}>
          <RunsTable text={text} {...table} />
        </div>
        {nextCursor === null && isFirstPage ? null : (
          <p class="pager">
            {isFirstPage ? null : (
              <a class="button" href="/runs">
                {t("runs.newest")}
              </a>
            )}
            {nextCursor === null ? null : (
              <a class="button" href={`/runs?cursor=${encodeURIComponent(nextCursor)}`}>
                {t("runs.more")}
              </a>
            )}
          </p>
        )}
      </div>
    </Page>
  );
}
