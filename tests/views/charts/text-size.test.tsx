/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { numberAxis } from "../../../views/charts/axes/number-axis.ts";
import { wholeAxis } from "../../../views/charts/axes/whole-axis.ts";
import { CalibrationChart } from "../../../views/charts/calibration-chart.tsx";
import { ClassChart } from "../../../views/charts/class-chart.tsx";
import { ConfusionMatrix } from "../../../views/charts/confusion-matrix.tsx";
import { HistogramChart } from "../../../views/charts/histogram-chart.tsx";
import { IntervalChart } from "../../../views/charts/interval-chart.tsx";
import { SeriesChart } from "../../../views/charts/series-chart.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const text = textIn("en");
const named = { text, name: "Test set", title: "Title", description: "Description" };
const perClass = [
  { label: "1", n: 100, recall: 0.9, precision: 0.95 },
  { label: "2", n: 0, recall: null, precision: null },
];
const { low, high } = proportion(90, 100);
const bins = [{ from: 0.5, to: 1, n: 9, confidence: 0.9, accuracy: 0.8 }];
const CHARTS = {
  SeriesChart: (
    <SeriesChart
      {...named}
      series={[{ name: "a", points: [{ x: 1, y: 1 }], style: "ink", marks: "all" }]}
      x={wholeAxis(text)}
      y={numberAxis(text)}
      xLabel="Epoch"
      empty=""
    />
  ),
  ClassChart: <ClassChart {...named} perClass={perClass} before={perClass} />,
  CalibrationChart: <CalibrationChart {...named} calibration={{ ece: 0.1, bins }} />,
  HistogramChart: (
    <HistogramChart
      {...named}
      binName="Class"
      bins={["1", "2"].map((name, n) => ({ name, short: name, n, reference: n }))}
    />
  ),
  IntervalChart: (
    <IntervalChart
      {...named}
      rowName="Class"
      countName="Labels"
      rows={[{ label: "1", n: 100, share: 0.9, low: low!, high: high! }]}
    />
  ),
  ConfusionMatrix: (
    <ConfusionMatrix
      {...named}
      labels={["1", "2"]}
      confusion={[
        [12_345, 1],
        [0, 999],
      ]}
      cellHref={() => null}
    />
  ),
};

for (const [name, chart] of Object.entries(CHARTS)) {
  test(`${name} has text of the page's size: none is in a picture that is scaled`, async () => {
    const html = String(await chart);
    const scaled: string[] = [];
    const open: boolean[] = [];
    for (const [tag, isEnd] of html.matchAll(/<(\/?)svg[^>]*>|<text[^>]*>/g)) {
      if (tag.startsWith("<text")) {
        if (open.includes(true)) scaled.push(tag);
      } else if (isEnd) open.pop();
      else open.push(tag.includes("viewBox"));
    }
    expect(html).toMatch(/<text/);
    expect(scaled).toEqual([]);
    expect(html).not.toMatch(/NaN|font-size/);
  });
}

test("the style of charts has one size of text, in pixels where cells have a fixed size", async () => {
  const css = await Bun.file(new URL("../../../views/assets/styles/charts.css", import.meta.url)).text();
  // The table of a chart is a table like others.
  const rules = css.slice(0, css.indexOf(".examples {")).replace(/\.chart-data \.table-wrap \{[^}]*\}/, "");
  const sizes = [...rules.matchAll(/font-size: ([^;]+);/g)].map(([, size]) => size);
  expect(new Set(sizes)).toEqual(new Set(["var(--text-chart)", "12px"]));
  const tokens = await Bun.file(new URL("../../../views/assets/styles/tokens.css", import.meta.url)).text();
  expect(tokens).toContain("--text-chart: 0.75rem;");
});
