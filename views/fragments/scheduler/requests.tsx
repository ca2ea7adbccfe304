/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateRecord } from "../../../src/domain/gate.ts";
import type { Approval } from "../../../src/domain/scheduler/approval.ts";
import type { SchedulerRequest } from "../../../src/domain/scheduler/request.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { Ask } from "../ask.tsx";
import { GateSays } from "../models/gate-says.tsx";
import { ReasonField } from "./reason-field.tsx";
import { tickWords } from "./tick-words.ts";

/** The requests of the page. */
export interface RequestsProps {
  text: Text;
  approval: Approval;
  /** Newest first. */
  pending: readonly SchedulerRequest[];
  /** The last ones, newest first. */
  decided: readonly SchedulerRequest[];
  /** The gate's decisions about the versions that are to be promoted. */
  gates: ReadonlyMap<number, GateRecord>;
}

/** The requests that wait for a person, and those that were decided lately. */
export function Requests({ text, approval, pending, decided, gates }: RequestsProps) {
  const { t } = text;
  const isOff = approval === "none" && pending.length === 0;
  return (
    <section class="sheet stack" aria-labelledby="scheduler-requests">
      <h2 id="scheduler-requests">{t("scheduler.requests")}</h2>
      {pending.length > 0 ? (
        <ul class="requests">
          {pending.map((request) => (
            <Pending text={text} request={request} gate={gates.get(request.modelVersion ?? 0) ?? null} />
          ))}
        </ul>
      ) : (
        <p class="soft">{t(isOff ? "scheduler.requests.off" : "scheduler.requests.none")}</p>
      )}
      {decided.length === 0 ? null : <Decided text={text} requests={decided} />}
    </section>
  );
}

function Pending(props: { text: Text; request: SchedulerRequest; gate: GateRecord | null }) {
  const { text, request, gate } = props;
  const { t } = text;
  const { id, kind, requestedBy, createdAt, reason, says } = request;
  const version = request.modelVersion ?? "";
  const path = `/scheduler/requests/${id}`;
  const isRun = kind === "run";
  return (
    <li id={`request-${id}`}>
      <div>
        <p>
          <strong>
            <What text={text} request={request} />
          </strong>
        </p>
        <p>{tickWords(text, { message: reason, says })}</p>
        {gate === null ? null : (
          <GateSays text={text} gate={gate} isSummed={gate.summary?.detail === reason} />
        )}
        <p class="small soft">
          {t("scheduler.request.requested", {
            by: actorWords(text, requestedBy),
            time: text.dateTime(createdAt),
          })}
        </p>
      </div>
      <div class="ask-actions">
        <Ask
          text={text}
          id={`decline-${id}`}
          opener={t("scheduler.decline")}
          title={t("scheduler.declineTitle", { id })}
          action={`${path}/decline`}
          confirm={t("scheduler.decline")}
        >
          <p>{isRun ? t("scheduler.declineRun") : t("scheduler.declinePromotion", { version })}</p>
          <ReasonField text={text} id={`decline-${id}-reason`} isRequired />
        </Ask>
        <Ask
          text={text}
          id={`approve-${id}`}
          opener={t("scheduler.approve")}
          title={t("scheduler.approveTitle", { id })}
          action={`${path}/approve`}
          confirm={t("scheduler.approve")}
        >
          <p>{isRun ? t("scheduler.approveRun") : t("scheduler.approvePromotion", { version })}</p>
          <ReasonField text={text} id={`approve-${id}-reason`} isRequired />
        </Ask>
      </div>
    </li>
  );
}

function What({ text: { t }, request }: { text: Text; request: SchedulerRequest }) {
  const { kind, pipeline, modelVersion, runId } = request;
  if (kind === "promotion") {
    return (
      <a href={`/models/${modelVersion}`}>
        {t("scheduler.request.promotion", { version: modelVersion ?? "" })}
      </a>
    );
  }
  const words = t("scheduler.request.run", { pipeline: pipeline ?? "" });
  return runId === null ? <span>{words}</span> : <a href={`/runs/${encodeURIComponent(runId)}`}>{words}</a>;
}

function Decided({ text, requests }: { text: Text; requests: readonly SchedulerRequest[] }) {
  const { t } = text;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("scheduler.requests.decided")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("scheduler.request.column.what")}</th>
            <th scope="col">{t("scheduler.request.column.state")}</th>
            <th scope="col">{t("scheduler.request.column.by")}</th>
            <th scope="col">{t("scheduler.request.column.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr id={`request-${request.id}`}>
              <th scope="row">
                <What text={text} request={request} />
              </th>
              <td data-label={t("scheduler.request.column.state")}>
                {t(`scheduler.request.state.${request.state}`)}
              </td>
              <td data-label={t("scheduler.request.column.by")}>
                {request.decidedBy === null || request.decidedAt === null
                  ? t("value.none")
                  : t("scheduler.request.decided", {
                      by: actorWords(text, request.decidedBy),
                      time: text.dateTime(request.decidedAt),
                    })}
              </td>
              <td data-label={t("scheduler.request.column.reason")}>
                {request.decisionReason ?? t("value.none")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
