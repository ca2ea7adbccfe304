/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Trial } from "../../../src/domain/trials/trial.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { trialName } from "./trial-name.ts";

/** One page of ended trials. */
export interface PastTrialsProps {
  text: Text;
  trials: readonly Trial[];
  olderHref: string | null;
  isNewest: boolean;
}

/** The ended trials with their results. */
export function PastTrials({ text, trials, olderHref, isNewest }: PastTrialsProps) {
  const { t } = text;
  return (
    <section class="stack" aria-labelledby="past-title">
      <h2 id="past-title">{t("trials.past")}</h2>
      {trials.length === 0 ? (
        <p class="soft">{t("trials.noPast")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards">
            <caption>{t("trials.pastCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("trials.column.trial")}</th>
                <th scope="col">{t("trials.column.result")}</th>
                <th scope="col" class="num">
                  {t("trials.column.labels")}
                </th>
                <th scope="col">{t("trials.column.ended")}</th>
                <th scope="col">{t("trials.column.by")}</th>
              </tr>
            </thead>
            <tbody>
              {trials.map((trial) => (
                <Row text={text} trial={trial} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isNewest && olderHref === null ? null : (
        <p class="pager">
          {isNewest ? null : <a href="/models/trials">{t("trials.newest")}</a>}{" "}
          {olderHref === null ? null : <a href={olderHref}>{t("trials.older")}</a>}
        </p>
      )}
    </section>
  );
}

function Row({ text, trial }: { text: Text; trial: Trial }) {
  const { t, number } = text;
  const { id, champion, other, outcome, tally, endedAt, endedBy, endReason } = trial;
  const names = { champion: champion ?? t("value.none"), other };
  const isOfPerson = endedBy === null ? t("value.none") : actorWords(text, endedBy);
  return (
    <tr id={`trial-${id}`}>
      <th scope="row">
        {champion === null ? t("trials.model", { version: other }) : trialName(text, trial)}
      </th>
      <td data-label={t("trials.column.result")}>
        <div>
          {outcome === null ? null : t(`trials.outcome.${outcome}`, names)}
          {outcome === "unusable" && endReason !== null ? (
            <span class="small soft block">{sentenceWords(text, "trial", { message: endReason })}</span>
          ) : null}
          {champion !== null && tally.championOnly + tally.otherOnly > 0 ? (
            <span class="small soft block">
              {t("trials.column.only", { version: other })}
              {t("text.colon")}
              {number(tally.otherOnly)}
              {t("text.comma")}
              {t("trials.column.only", { version: champion })}
              {t("text.colon")}
              {number(tally.championOnly)}
            </span>
          ) : null}
        </div>
      </td>
      <td data-label={t("trials.column.labels")} class="num">
        {number(tally.n)}
      </td>
      <td data-label={t("trials.column.ended")} class="nowrap">
        {endedAt === null ? t("value.none") : text.dateTime(endedAt)}
      </td>
      <td data-label={t("trials.column.by")}>{isOfPerson}</td>
    </tr>
  );
}
