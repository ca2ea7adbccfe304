/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { HeldOutChange, HeldOutPoint } from "../../../src/domain/learning/overview.ts";
import type { Proportion } from "../../../src/domain/monitoring/proportion.ts";
import { pValue } from "../../../src/lib/p-value.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { type Series, SeriesChart } from "../../charts/series-chart.tsx";
import { pointsWords } from "../../i18n/figures.ts";
import type { Text } from "../../i18n/text.ts";
import type { LearningProps } from "./next-labels.tsx";
import { intervalWords, shareWords } from "./share-words.ts";

/** p-values below this show a difference. */
const LEVEL = 0.05;

/** The mistakes of each run's model on the drawings held out at its time, over the labels given by then. */
export function HeldOut({ text, overview }: LearningProps) {
  const { t } = text;
  const points = overview.heldOut;
  const newest = points.at(-1);
  return (
    <section class="sheet monitor-sheet" aria-labelledby="held-out-title">
      <h2 id="held-out-title">{t("learning.heldOut")}</h2>
      {newest === undefined ? (
        <p>{t("learning.heldOutNone")}</p>
      ) : (
        <>
          <p>{newestWords(text, newest)}</p>
          <Chart text={text} points={points} />
          <p class="small soft">{t("learning.heldOutNote")}</p>
        </>
      )}
    </section>
  );
}

function newestWords(text: Text, point: HeldOutPoint): string {
  const { t, number } = text;
  const { change } = point;
  if (change === null) return "";
  const { against, fixed, broken, p } = change;
  return t("learning.heldOutNewest", {
    ...{ version: point.version, p: pValue(p), n: number(point.n) },
    candidate: shareWords(text, point.candidate),
    other: shareWords(text, point[against]),
    against: t(`learning.against.${against}`),
    fixed: number(fixed),
    broken: number(broken),
    verdict: t(verdictOf(change)),
  });
}

function verdictOf({ fixed, broken, p }: HeldOutChange) {
  if (p >= LEVEL) return "learning.same";
  return fixed > broken ? "learning.fewer" : "learning.more";
}

function Chart({ text, points }: { text: Text; points: readonly HeldOutPoint[] }) {
  const { t, number, percent } = text;
  const title = t("learning.heldOutChart");
  const seriesOf = (
    name: string,
    style: "ink" | "accent",
    of: (point: HeldOutPoint) => Proportion | null,
  ): Series => ({
    ...{ name, style, marks: "all", isLoose: true },
    points: points.flatMap((point) => {
      const mistakes = of(point);
      if (point.given === null || mistakes?.share == null) return [];
      const model = t("models.name", { version: point.version });
      return {
        x: point.given,
        y: mistakes.share,
        low: mistakes.low ?? mistakes.share,
        high: mistakes.high ?? mistakes.share,
        title: t("chart.shareTitle", {
          name: `${model}${t("text.comma")}${name}`,
          share: percent(mistakes.share, 2),
          n: number(mistakes.n),
        }),
        href: `/models/${point.version}`,
      };
    }),
  });
  return (
    <>
      <SeriesChart
        text={text}
        title={title}
        description={t("learning.heldOutAlt", { n: points.length })}
        series={[
          seriesOf(t("learning.candidate"), "accent", ({ candidate }) => candidate),
          seriesOf(t("learning.base"), "ink", ({ base }) => base),
        ]}
        xLabel={t("learning.labels")}
        x={wholeAxis(text, [0])}
        y={shareAxis(text, { isFromZero: true })}
        empty={t("learning.heldOutNone")}
      />
      <ChartTable
        summary={t("chart.asTable")}
        caption={title}
        columns={[
          t("learning.run"),
          t("learning.given"),
          t("learning.n"),
          t("learning.candidate"),
          t("learning.interval"),
          t("learning.champion"),
          t("learning.base"),
          t("learning.change"),
        ]}
        rows={points.map((point) => [
          t("models.name", { version: point.version }),
          point.given === null ? t("value.none") : number(point.given),
          number(point.n),
          shareWords(text, point.candidate),
          intervalWords(text, point.candidate),
          shareWords(text, point.champion),
          shareWords(text, point.base),
          changeWords(text, point.change),
        ])}
      />
    </>
  );
}

/** Where the models never disagree, resampling gives no width, which is not the same as certainty. */
function changeWords(text: Text, change: HeldOutChange | null): string {
  if (change === null || change.fixed + change.broken === 0) return text.t("value.none");
  return text.t("learning.range", {
    low: pointsWords(text, change.low, true),
    high: pointsWords(text, change.high, true),
  });
}
