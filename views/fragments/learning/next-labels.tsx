/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { CurveReport, Forecast, LearningOverview } from "../../../src/domain/learning/overview.ts";
import { CURVE } from "../../../src/domain/pipeline-names.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { SeriesChart } from "../../charts/series-chart.tsx";
import { pointsWords } from "../../i18n/figures.ts";
import type { Text } from "../../i18n/text.ts";
import { rangeWords } from "./share-words.ts";

/** Properties of the fragments of the Learning page. */
export interface LearningProps {
  text: Text;
  overview: LearningOverview;
}

/** Labels that the heading and a refusal name. */
const NEXT = 100;

/** The gain of the next labels, the curve that it follows from, and the button that measures it. */
export function NextLabels({ text, overview, hasBase }: LearningProps & { hasBase: boolean }) {
  const { t } = text;
  const { curve, forecast } = overview;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="next-title">
      <h2 id="next-title">{t("learning.next", { n: NEXT })}</h2>
      <Statement text={text} forecast={forecast} curve={curve} />
      {curve === null ? null : <Curve text={text} curve={curve} />}
      {hasBase ? (
        <Measure text={text} isAgain={curve !== null} />
      ) : (
        <p class="small soft">{t("failure.noBaseForCurve")}</p>
      )}
    </section>
  );
}

function Measure({ text: { t }, isAgain }: { text: Text; isAgain: boolean }) {
  return (
    <form class="learning-measure" method="post" action="/runs">
      <input type="hidden" name="pipeline" value={CURVE} />
      <button class="button" type="submit" aria-describedby="measure-note">
        {t(isAgain ? "learning.measureAgain" : "learning.measure")}
      </button>
      <p id="measure-note" class="small soft">
        {t("learning.measureNote")}
      </p>
    </form>
  );
}

function Statement(props: { text: Text; forecast: Forecast; curve: CurveReport | null }) {
  const { text, forecast, curve } = props;
  const { t, number, percent } = text;
  if (forecast.kind === "none") {
    const reason = t(`learning.none.${forecast.reason}`, reasonValues(text, forecast.values));
    return <p>{t("learning.none", { n: NEXT, reason })}</p>;
  }
  const { labels, trained, now, before, after, gain, low, high } = forecast;
  return (
    <>
      <p>
        <strong>
          {t("learning.gain", {
            labels: number(labels),
            gain: pointsWords(text, gain),
            before: percent(before, 2),
            after: percent(after, 2),
            low: pointsWords(text, low),
            high: pointsWords(text, high),
          })}
        </strong>
      </p>
      <p class="small soft">
        {t("learning.gainHow", {
          trained: number(trained),
          labels: number(labels),
          most: number(curve?.points.at(-1)?.labels ?? 0),
          now: number(now),
        })}
      </p>
    </>
  );
}

const SHARES = ["before", "after"];
const DIFFERENCES = ["gain", "low", "high"];

function reasonValues(text: Text, values: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      SHARES.includes(name)
        ? text.percent(value, 2)
        : DIFFERENCES.includes(name)
          ? pointsWords(text, value, true)
          : text.number(value),
    ]),
  );
}

function Curve({ text, curve }: { text: Text; curve: CurveReport }) {
  const { t, number, percent } = text;
  const { points, line } = curve;
  const [first, last] = [points[0], points.at(-1)];
  const title = t("learning.curve");
  if (first === undefined || last === undefined) return null;
  return (
    <>
      <SeriesChart
        text={text}
        title={title}
        description={t("learning.curveAlt", {
          points: points.length,
          most: number(last.labels),
          first: percent(first.share, 2),
          last: percent(last.share, 2),
        })}
        series={[
          {
            name: t("learning.measured"),
            ...{ style: "accent", marks: "all", isLoose: true },
            points: points.map(({ labels, share, low, high }) => ({
              ...{ x: labels, y: share, low, high },
              title: t("learning.pointTitle", {
                labels: number(labels),
                share: percent(share, 2),
                range: rangeWords(text, low, high),
              }),
            })),
          },
          {
            ...{ name: t("learning.fitted"), style: "ink", isDashed: true, marks: "none" },
            points: line.map(({ labels, share }) => ({ x: labels, y: share })),
          },
        ]}
        xLabel={t("learning.labels")}
        x={wholeAxis(text, [0])}
        y={shareAxis(text, { isFromZero: true })}
        empty={t("learning.noCurve")}
      />
      <ChartTable
        summary={t("chart.asTable")}
        caption={title}
        columns={[t("learning.labels"), t("learning.mistakes"), t("learning.interval")]}
        rows={points.map(({ labels, share, low, high }) => [
          number(labels),
          percent(share, 2),
          rangeWords(text, low, high),
        ])}
      />
      <p class="small soft">
        {t(`learning.curve.${curve.by}`, {
          time: text.dateTime(curve.at),
          n: number(curve.drawings),
          heldOut: number(curve.heldOut),
          folds: curve.folds,
          trained: number(curve.trained),
          seconds: text.duration(curve.seconds * 1_000),
          groups: number(curve.groups),
        })}
      </p>
    </>
  );
}
