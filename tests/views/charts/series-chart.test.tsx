import { expect, test } from "bun:test";
import { SeriesChart } from "../../../views/charts/series-chart.tsx";

const chartOf = async (ys: readonly number[], yLimits?: readonly [number, number]) =>
  String(
    await SeriesChart({
      title: "Accuracy",
      description: "Accuracy",
      series: [{ name: "a", points: ys.map((y, i) => ({ x: i + 1, y })), style: "ink", marks: "last" }],
      xLabel: "epoch",
      formatY: (y) => `${Math.round(y * 100)} %`,
      empty: "Nothing yet",
      yLimits,
    }),
  );

test("SeriesChart has no axis value beyond the limits of y, although all points are at the limit", async () => {
  const html = await chartOf([1, 1, 1], [0, 1]);
  expect(html).toContain(">100 %<");
  expect(html).toContain(">60 %<");
  expect(html).not.toMatch(/>1[1-9]\d %</);
});

test("SeriesChart extends its axis around equal points when y has no limits", async () => {
  expect(await chartOf([1, 1, 1])).toContain(">140 %<");
});
