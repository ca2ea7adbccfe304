/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { neededEvidence, type Trial } from "../../../src/domain/trials/trial.ts";
import { powerAxis } from "../../charts/axes/log-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import { SeriesChart } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";

/** Evidence below 1 is shown as 1/10 at least: how far it is from anything does not matter. */
const LOWEST = -1;

/** Both e-values over the labels of a trial on a logarithmic axis, with the line that decides. */
export function EvidenceChart({ text, trial }: { text: Text; trial: Trial }) {
  const { t, number } = text;
  const { other, rules, tally } = trial;
  const needed = neededEvidence(rules);
  const last = tally.curve.at(-1)?.n ?? 0;
  const points = (of: "better" | "worse") =>
    tally.curve.map((point) => ({ x: point.n, y: Math.max(LOWEST, point[of]) }));
  const value = (log: number) => number(10 ** log, Number.isInteger(log) && log >= 0 ? 0 : 1);
  return (
    <SeriesChart
      text={text}
      title={t("trials.evidenceChart")}
      description={t("trials.evidenceAlt", {
        ...{ n: number(tally.n), other },
        ...{
          better: value(tally.better),
          worse: value(tally.worse),
          needed: number(1 / rules.falseAlarmRate),
        },
      })}
      series={[
        { name: t("trials.better", { other }), points: points("better"), style: "accent", marks: "last" },
        {
          ...{ name: t("trials.worse", { other }), points: points("worse"), style: "ink" },
          ...{ isDashed: true, marks: "last" },
        },
        {
          name: t("trials.needed", { needed: number(1 / rules.falseAlarmRate) }),
          points: last === 0 ? [] : [0, last].map((x) => ({ x, y: needed })),
          style: "ink",
          marks: "none",
        },
      ]}
      xLabel={t("trials.labels")}
      x={wholeAxis(text, [0, last])}
      y={powerAxis(text, [LOWEST, needed])}
      empty={t("trials.noLabels")}
    />
  );
}
