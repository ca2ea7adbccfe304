/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear, scaleSymlog } from "d3-scale";
import { line } from "d3-shape";
import type { Calibration } from "../../src/domain/metrics.ts";
import type { Text } from "../i18n/text.ts";
import { type Frame, px, XAxis, YAxis } from "./axes.tsx";
import { ChartTable } from "./chart-table.tsx";
import { Mark } from "./marks.tsx";

const FRAME: Frame = { width: 360, height: 250, margin: { top: 8, right: 8, bottom: 24, left: 46 } };
/** Position of the counts, below the diagram. */
const COUNTS = { top: 186, bottom: 226 };
const DIAGRAM_BOTTOM = 174;

type Bin = Calibration["bins"][number] & { confidence: number; accuracy: number };

/** Reliability diagram: the accuracy of predictions by confidence; below it, their number. */
export function CalibrationChart({
  text,
  name,
  calibration: { ece, bins },
}: {
  text: Text;
  name: string;
  calibration: Calibration;
}) {
  const { t, number, percent } = text;
  const filled = bins.filter((bin): bin is Bin => bin.confidence !== null && bin.accuracy !== null);
  const columns = ["chart.confidence", "chart.images", "chart.meanConfidence", "chart.wasRight"] as const;
  return (
    <figure class="chart">
      <figcaption class="small soft">
        {t("chart.calibration", { set: name, ece: percent(ece, 2) })}
      </figcaption>
      <Diagram text={text} name={name} ece={ece} bins={filled} />
      <ChartTable
        summary={t("chart.asTable")}
        caption={t("chart.calibration", { set: name, ece: percent(ece, 2) })}
        columns={columns.map((key) => t(key))}
        rows={filled.map((bin) => [
          `${percent(bin.from, 0)} – ${percent(bin.to, 0)}`,
          number(bin.n),
          percent(bin.confidence),
          percent(bin.accuracy),
        ])}
      />
    </figure>
  );
}

function Diagram({
  text: { t, number, percent },
  name,
  ece,
  bins,
}: {
  text: Text;
  name: string;
  ece: number;
  bins: readonly Bin[];
}) {
  const { width, height, margin } = FRAME;
  const x = scaleLinear([0, 1], [margin.left, width - margin.right]);
  const y = scaleLinear([0, 1], [DIAGRAM_BOTTOM, margin.top]);
  const most = Math.max(1, ...bins.map(({ n }) => n));
  // Most predictions have high confidence: on a linear scale, all other counts would vanish.
  const count = scaleSymlog([0, most], [COUNTS.bottom, COUNTS.top]);
  const path = line<Bin>(
    (bin) => x(bin.confidence),
    (bin) => y(bin.accuracy),
  )([...bins]);
  const share = (value: number) => percent(value, 0);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t("chart.calibrationAlt", { set: name, ece: percent(ece, 2), n: bins.length })}
    >
      <YAxis frame={FRAME} scale={y} ticks={4} format={share} />
      <XAxis frame={FRAME} scale={x} ticks={5} format={share} label="" />
      <path class="chart-ideal" d={`M${px(x(0))} ${px(y(0))}L${px(x(1))} ${px(y(1))}`} />
      {bins.map((bin) => (
        <line
          class="chart-gap"
          x1={px(x(bin.confidence))}
          x2={px(x(bin.confidence))}
          y1={px(y(bin.confidence))}
          y2={px(y(bin.accuracy))}
        />
      ))}
      <path class="chart-line chart-accent" d={path ?? ""} />
      {bins.map((bin) => (
        <>
          <Mark
            x={x(bin.confidence)}
            y={y(bin.accuracy)}
            style="accent"
            title={t("chart.binTitle", {
              confidence: percent(bin.confidence),
              accuracy: percent(bin.accuracy),
              n: number(bin.n),
            })}
          />
          <rect
            class="chart-count"
            x={px(x(bin.from) + 1)}
            width={px(x(bin.to) - x(bin.from) - 2)}
            y={px(count(bin.n))}
            height={px(COUNTS.bottom - count(bin.n))}
          />
        </>
      ))}
      <text class="chart-text" x={margin.left - 8} y={COUNTS.top + 6} text-anchor="end">
        {number(most)}
      </text>
    </svg>
  );
}
