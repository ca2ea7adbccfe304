/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Trial } from "../../../src/domain/trials/trial.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { EvidenceChart } from "./evidence-chart.tsx";
import { trialName } from "./trial-name.ts";

/** A trial that waits or runs: its counts, its evidence, and the button that stops it. */
export function OpenTrial({ text, trial }: { text: Text; trial: Trial }) {
  const { t, number } = text;
  const { id, kind, champion, other, state, rules, tally } = trial;
  const names = { champion: champion ?? "", other };
  return (
    <section id={`trial-${id}`} class="sheet stack" aria-labelledby={`trial-${id}-title`}>
      <div class="page-head">
        <div>
          <h2 id={`trial-${id}-title`}>{trialName(text, trial)}</h2>
          <p>
            <span class={state === "running" ? "tag tag-live" : "tag"}>
              {t(`trials.${state === "running" ? "running" : "waiting"}`)}
            </span>{" "}
            {state === "running"
              ? t("trials.progress", { n: number(tally.n), max: number(rules.maxLabels) })
              : null}
          </p>
        </div>
        <div>
          <Ask
            text={text}
            id={`stop-${id}`}
            opener={t("trials.stop")}
            title={t("trials.stopTitle")}
            action={`/models/trials/${id}/stop`}
            confirm={t("trials.stopNow")}
          >
            <p>{t("trials.stopText")}</p>
          </Ask>
        </div>
      </div>
      {champion === null ? null : (
        <>
          <p>{t(`trials.about.${kind}`, names)}</p>
          <progress
            max={rules.maxLabels}
            value={tally.n}
            aria-label={t("trials.progress", { n: tally.n, max: rules.maxLabels })}
          />
          <div class="columns">
            <Counts text={text} trial={trial} />
            <EvidenceChart text={text} trial={trial} />
          </div>
          <p class="small soft">{t("trials.rate", { needed: number(1 / rules.falseAlarmRate) })}</p>
          <Remarks text={text} trial={trial} />
          {tally.n === 0 ? null : (
            <ChartTable
              summary={t("trials.classes")}
              caption={t("trials.classesCaption")}
              columns={[
                ...[t("trials.column.class"), t("trials.column.drawings")],
                ...[other, champion].map((version) => t("trials.column.only", { version })),
              ]}
              rows={Object.entries(tally.byClass)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([label, { n, otherOnly, championOnly }]) => [
                  label,
                  ...[n, otherOnly, championOnly].map((count) => number(count)),
                ])}
            />
          )}
        </>
      )}
    </section>
  );
}

function Counts({ text, trial }: { text: Text; trial: Trial }) {
  const { t, number } = text;
  const { champion, other, tally } = trial;
  const names = { champion: champion ?? "", other };
  return (
    <div class="table-wrap trial-counts" tabindex={0}>
      <table>
        <caption>{t("trials.counts")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" class="num">
              {t("trials.otherCorrect", names)}
            </th>
            <th scope="col" class="num">
              {t("trials.otherWrong", names)}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("trials.championCorrect", names)}</th>
            <td class="num">{number(tally.bothCorrect)}</td>
            <td class="num trial-decisive">{number(tally.championOnly)}</td>
          </tr>
          <tr>
            <th scope="row">{t("trials.championWrong", names)}</th>
            <td class="num trial-decisive">{number(tally.otherOnly)}</td>
            <td class="num">{number(tally.neither)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Remarks({ text: { t, number }, trial }: { text: Text; trial: Trial }) {
  const { champion, other, tally } = trial;
  const { unprompted, capped } = tally;
  const hasUnprompted = unprompted.championOnly + unprompted.otherOnly > 0;
  return (
    <>
      {capped === 0 ? null : <p class="small">{t("trials.capped", { n: number(capped) })}</p>}
      {hasUnprompted ? (
        <p class="small">{t("trials.unprompted", { ...unprompted, champion: champion ?? "", other })}</p>
      ) : null}
    </>
  );
}
