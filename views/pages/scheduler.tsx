/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Ask } from "../fragments/ask.tsx";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import { DryRun, type DryRunProps } from "../fragments/scheduler/dry-run.tsx";
import { ReasonField } from "../fragments/scheduler/reason-field.tsx";
import { Requests, type RequestsProps } from "../fragments/scheduler/requests.tsx";
import { SchedulerNow, type SchedulerNowProps } from "../fragments/scheduler/scheduler-now.tsx";
import { TicksTable, type TicksTableProps } from "../fragments/scheduler/ticks-table.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Scheduler page. */
export interface SchedulerPageProps extends PageProps {
  now: Omit<SchedulerNowProps, "text">;
  requests: Omit<RequestsProps, "text" | "approval">;
  dryRun: Omit<DryRunProps, "text">;
  ticks: TicksTableProps["ticks"];
  /** `before` of the page of older decisions; null at the end. */
  older: number | null;
  /** Whether these are the newest decisions. */
  isNewest: boolean;
  /** The result of the last request. */
  notice: NoticeProps | null;
}

/** Why there is no training run now, when there will be one, and what a person can do about it. */
export function SchedulerPage(props: SchedulerPageProps) {
  const { text, now, requests, dryRun, ticks, older, isNewest, notice } = props;
  const { t } = text;
  const { pause, approval } = now.outlook;
  const change = pause.isPaused ? "resume" : "pause";
  return (
    <Page {...props} title={t("scheduler.title")}>
      <div class="page-head">
        <div>
          <h1>{t("scheduler.title")}</h1>
          <p>{t("scheduler.lead")}</p>
          <p>
            <a href="/learning">{t("learning.link")}</a>
          </p>
        </div>
        <div class="ask-actions">
          <Ask
            text={text}
            id="scheduler-pause"
            opener={t(`scheduler.${change}`)}
            title={t(`scheduler.${change}Title`)}
            action={`/scheduler/${change}`}
            confirm={t(`scheduler.${change}`)}
          >
            <p>{t(`scheduler.${change}Text`)}</p>
            <ReasonField text={text} id="pause-reason" isRequired={false} />
          </Ask>
          <form method="post" action="/scheduler/trigger">
            <button class="button button-main" type="submit">
              {t("scheduler.trigger")}
            </button>
          </form>
        </div>
      </div>
      <div id="notice" role="status">
        <Notice notice={notice} />
      </div>
      <div class="stack">
        <div hx-sse:connect="/events?view=scheduler" hx-swap="innerMorph">
          <SchedulerNow text={text} {...now} />
        </div>
        <Requests text={text} approval={approval} {...requests} />
        <DryRun text={text} {...dryRun} />
        <section class="stack" aria-labelledby="scheduler-ticks">
          <h2 id="scheduler-ticks">{t("scheduler.ticks")}</h2>
          <TicksTable text={text} ticks={ticks} />
          {isNewest && older === null ? null : (
            <p class="pager">
              {isNewest ? null : (
                <a class="button" href="/scheduler#scheduler-ticks">
                  {t("scheduler.ticks.newest")}
                </a>
              )}
              {older === null ? null : (
                <a class="button" href={`/scheduler?before=${older}#scheduler-ticks`}>
                  {t("scheduler.ticks.older")}
                </a>
              )}
            </p>
          )}
        </section>
      </div>
    </Page>
  );
}
