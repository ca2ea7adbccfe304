/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccuracyOf, MonitorOverview } from "../../../src/domain/monitoring/overview.ts";
import { IntervalChart, type IntervalRow } from "../../charts/interval-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import { MIN_GROUP_LABELS, MIN_LABELS } from "./enough.ts";

/** Properties of the fragments of monitoring. */
export interface MonitoringProps {
  text: Text;
  overview: MonitorOverview;
}

/** Measured accuracy next to the accuracy that the model expects, and by class, version and writer. */
export function LiveAccuracyView({ text, overview }: MonitoringProps) {
  const { t } = text;
  const { accuracy } = overview;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="accuracy-title">
      <h2 id="accuracy-title">{t("monitoring.accuracy")}</h2>
      <Facts text={text} overview={overview} />
      {accuracy.all.n === 0 ? null : (
        <div class="columns">
          <Groups
            text={text}
            title={t("monitoring.byClass")}
            rowName={t("model.class")}
            groups={accuracy.classes}
            nameOf={(key) => key}
          />
          <Groups
            text={text}
            title={t("monitoring.byVersion")}
            rowName={t("monitoring.version")}
            groups={accuracy.versions}
            nameOf={(key) => t("models.name", { version: key })}
          />
          <Groups
            text={text}
            title={t("monitoring.byWriter")}
            rowName={t("draw.writer")}
            groups={accuracy.writers}
            nameOf={(key) => key ?? t("monitoring.noWriter")}
          />
        </div>
      )}
      <p class="small soft">{t("monitoring.accuracyNote")}</p>
    </section>
  );
}

function Facts({ text, overview }: MonitoringProps) {
  const { t, number, percent } = text;
  const { accuracy, expectedAccuracy, counts } = overview;
  const { share, low, high, n } = accuracy.all;
  const measured =
    share === null || low === null || high === null
      ? t("monitoring.noLabels")
      : n < MIN_LABELS
        ? t("monitoring.fewLabels", { n: number(n), low: percent(low, 0), high: percent(high, 0) })
        : t("monitoring.measuredValue", {
            share: percent(share, 2),
            low: percent(low),
            high: percent(high),
            n: number(n),
          });
  const expected =
    expectedAccuracy === null
      ? t("monitoring.noPredictions")
      : t("monitoring.expectedValue", { share: percent(expectedAccuracy, 2), n: number(counts.n) });
  return (
    <dl class="facts">
      <dt>{t("monitoring.measured")}</dt>
      <dd>{measured}</dd>
      <dt>{t("monitoring.expected")}</dt>
      <dd>{expected}</dd>
      {accuracy.confidence === null ? null : (
        <>
          <dt>{t("monitoring.expectedOfLabelled")}</dt>
          <dd>{percent(accuracy.confidence, 2)}</dd>
        </>
      )}
      <WithMemory text={text} overview={overview} />
    </dl>
  );
}

/** Both figures are of the same drawings, so their difference is what memory changed. */
function WithMemory({ text, overview: { withMemory } }: MonitoringProps) {
  const { t, number, percent } = text;
  const { shown, model } = withMemory;
  if (shown.share === null || model.share === null) return null;
  const shares = { share: percent(shown.share, 1), alone: percent(model.share, 1) };
  return (
    <>
      <dt>{t("monitoring.withMemory")}</dt>
      <dd>{t("monitoring.withMemoryValue", { ...shares, n: number(shown.n) })}</dd>
    </>
  );
}

function Groups<Key>(props: {
  text: Text;
  title: string;
  rowName: string;
  groups: readonly AccuracyOf<Key>[];
  nameOf(key: Key): string;
}) {
  const { text, title, rowName, groups, nameOf } = props;
  const { t } = text;
  const rows = groups.flatMap(({ key, accuracy: { n, share, low, high } }): IntervalRow[] =>
    share === null || low === null || high === null || n < MIN_GROUP_LABELS
      ? []
      : [{ label: nameOf(key), n, share, low, high }],
  );
  const left = groups.length - rows.length;
  return (
    <div>
      {rows.length === 0 ? null : (
        <IntervalChart
          text={text}
          title={title}
          description={t("monitoring.intervalAlt", { title, n: rows.length })}
          rowName={rowName}
          countName={t("monitoring.labels")}
          rows={rows}
        />
      )}
      {left === 0 ? null : (
        <p class="small soft">{t("monitoring.leftOut", { title, n: left, min: MIN_GROUP_LABELS })}</p>
      )}
    </div>
  );
}
