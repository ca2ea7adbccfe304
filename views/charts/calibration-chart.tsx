/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Calibration } from "../../src/domain/metrics.ts";
import { proportion } from "../../src/domain/monitoring/proportion.ts";
import type { Text } from "../i18n/text.ts";
import type { Axis } from "./axes/axis.ts";
import { countLogAxis } from "./axes/log-axis.ts";
import { shareAxis } from "./axes/share-axis.ts";
import { ChartTable } from "./chart-table.tsx";
import { UprightMark } from "./marks.tsx";
import { percent as coordinate, labelsEm, Paths, PLOT_EM, Plot, straight } from "./plot.tsx";

/** Height of the counts below the diagram. */
const COUNTS_EM = 3.5;
/** Share of a bar's width that is left free beside it. */
const GAP = 0.08;

type Bin = Calibration["bins"][number] & { confidence: number; accuracy: number };

/** Reliability diagram: the accuracy of predictions by confidence, with its interval; below it, their number. */
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
      <figcaption>{t("chart.calibration", { set: name, ece: percent(ece, 2) })}</figcaption>
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

function Diagram(props: { text: Text; name: string; ece: number; bins: readonly Bin[] }) {
  const { text, name, ece, bins } = props;
  const { t, number, percent } = text;
  const whole = shareAxis(text, { isFromZero: true })([{ value: 1 }]);
  // Most predictions have high confidence: on a linear axis, all other counts would vanish.
  const counts = countLogAxis(text)(bins.map(({ n }) => ({ value: n })));
  const besideEm = Math.max(labelsEm(whole), labelsEm(counts));
  const unlabelled: Axis = { ...whole, ticks: [] };
  return (
    <>
      <Plot
        x={whole}
        y={whole}
        description={t("chart.calibrationAlt", { set: name, ece: percent(ece, 2), n: bins.length })}
        grid="y"
        heightEm={PLOT_EM}
        besideEm={besideEm}
      >
        <Paths>
          <path
            class="chart-ideal"
            d={straight([
              [0, 0],
              [1, 1],
            ])}
          />
        </Paths>
        {bins.map(({ confidence, accuracy, n }) => {
          const { low, high } = proportion(Math.round(accuracy * n), n);
          return (
            <UprightMark
              x={confidence}
              y={whole}
              style="accent"
              of={{
                ...{ value: accuracy, low: low ?? undefined, high: high ?? undefined },
                title: t("chart.binTitle", {
                  confidence: percent(confidence),
                  accuracy: percent(accuracy),
                  n: number(n),
                }),
              }}
            />
          );
        })}
      </Plot>
      <Plot x={unlabelled} y={counts} description={null} grid="y" heightEm={COUNTS_EM} besideEm={besideEm}>
        {bins.map(({ from, to, n }) => (
          <rect
            class="chart-count"
            x={coordinate(from + (GAP / 2) * (to - from))}
            width={coordinate((1 - GAP) * (to - from))}
            y={coordinate(1 - counts.place(n))}
            height={coordinate(counts.place(n))}
          />
        ))}
      </Plot>
    </>
  );
}
