/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Condition } from "../../../src/domain/scheduler/condition.ts";
import type { SchedulerOutlook } from "../../../src/scheduler/status.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { StatusMark } from "../status-mark.tsx";
import { conditionThreshold, conditionValue } from "./condition-words.ts";
import { tickWords } from "./tick-words.ts";

/** The scheduler at this moment. */
export interface SchedulerNowProps {
  text: Text;
  outlook: SchedulerOutlook;
  /** Number of requests that wait for a person. */
  pending: number;
}

/** Why there is no run now, and when there will be one. The part of the page that changes. */
export function SchedulerNow(props: SchedulerNowProps) {
  const { text, outlook, pending } = props;
  const { t } = text;
  const { decision, why } = outlook.decision;
  const { runningRunId } = outlook.status;
  return (
    <div class="stack">
      <section class="sheet stack" aria-labelledby="scheduler-now">
        <h2 id="scheduler-now">{t(`scheduler.decision.${decision}`)}</h2>
        <dl class="facts">
          <dt>{t("scheduler.now")}</dt>
          <dd>
            {tickWords(text, why)}{" "}
            {runningRunId === null ? null : (
              <a href={`/runs/${encodeURIComponent(runningRunId)}`}>{t("scheduler.openRun")}</a>
            )}
          </dd>
          <dt>{t("scheduler.next")}</dt>
          <dd>{nextWords(props)}</dd>
        </dl>
        <PauseLine text={text} pause={outlook.pause} />
        {pending === 0 ? null : (
          <p class="alert">
            <a href="/scheduler#scheduler-requests">
              {pending === 1 ? t("scheduler.waitingOne") : t("scheduler.waiting", { n: pending })}
            </a>
          </p>
        )}
      </section>
      <Conditions text={text} outlook={outlook} />
    </div>
  );
}

function nextWords({ text, outlook }: SchedulerNowProps): string {
  const { t } = text;
  const { decision, nextAt, next, at } = outlook;
  if (decision.decision === "running") return t("scheduler.next.running");
  if (decision.decision === "approval") return t("scheduler.next.approval");
  if (decision.decision === "paused" || (outlook.pause.isPaused && nextAt === null)) {
    return t("scheduler.next.paused");
  }
  if (nextAt === null) return t("scheduler.next.labels");
  if (nextAt <= at) return t("scheduler.next.now");
  const time = text.dateTime(nextAt);
  return next.decision === "approval" ? t("scheduler.next.asks", { time }) : t("scheduler.next.at", { time });
}

function PauseLine({ text, pause }: { text: Text; pause: SchedulerOutlook["pause"] }) {
  const { isPaused, by, reason, at } = pause;
  if (by === null || at === null) return null;
  const values = { by: actorWords(text, by), time: text.dateTime(at), reason: reason ?? "" };
  const key = isPaused
    ? reason === null
      ? "scheduler.paused"
      : "scheduler.pausedBecause"
    : reason === null
      ? "scheduler.resumed"
      : "scheduler.resumedBecause";
  return <p class={isPaused ? "notice" : "small soft"}>{text.t(key, values)}</p>;
}

function Conditions({ text, outlook }: { text: Text; outlook: SchedulerOutlook }) {
  const { t } = text;
  const { conditions } = outlook.decision;
  const rows = (kind: Condition["kind"]) => conditions.filter((one) => one.kind === kind);
  return (
    <section aria-labelledby="scheduler-conditions" class="stack">
      <h2 id="scheduler-conditions">{t("scheduler.conditions")}</h2>
      <div class="table-wrap" tabindex={0}>
        <table class="cards">
          <caption>
            {t(outlook.combine === "any" ? "scheduler.conditionsAny" : "scheduler.conditionsAll")}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("scheduler.column.condition")}</th>
              <th scope="col">{t("scheduler.column.value")}</th>
              <th scope="col">{t("scheduler.column.threshold")}</th>
              <th scope="col">{t("scheduler.column.holds")}</th>
            </tr>
          </thead>
          <Group text={text} title={t("scheduler.triggers")} rows={rows("trigger")} />
          <Group text={text} title={t("scheduler.guards")} rows={rows("guard")} />
        </table>
      </div>
    </section>
  );
}

function Group({ text, title, rows }: { text: Text; title: string; rows: readonly Condition[] }) {
  const { t } = text;
  return (
    <tbody>
      <tr class="group-row">
        <th scope="rowgroup" colspan={4}>
          {title}
        </th>
      </tr>
      {rows.map((one) => (
        <tr id={`condition-${one.name}`} class={one.is_on ? undefined : "soft"}>
          <th scope="row">{t(`scheduler.condition.${one.name}`)}</th>
          <td data-label={t("scheduler.column.value")}>{conditionValue(text, one)}</td>
          <td data-label={t("scheduler.column.threshold")}>{conditionThreshold(text, one)}</td>
          <td data-label={t("scheduler.column.holds")}>
            {one.is_on ? (
              <StatusMark
                text={text}
                state={one.holds ? "done" : "waiting"}
                label={one.holds ? "scheduler.holds" : "scheduler.holdsNot"}
              />
            ) : (
              t("scheduler.off")
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
