import { expect, test } from "bun:test";
import { LineChart, type LineChartProps } from "../../../views/charts/line-chart.tsx";

const chart = async (change: Partial<LineChartProps>) =>
  String(
    await LineChart({
      title: "Loss",
      description: "Loss over 2 points",
      points: [],
      xLabel: "epoch",
      formatY: (y) => y.toFixed(2),
      empty: "Nothing yet",
      ...change,
    }),
  );

test("LineChart shows a message without points instead of drawing axes", async () => {
  const html = await chart({});
  expect(html).toContain("Nothing yet");
  expect(html).not.toContain("<svg");
});

test("LineChart uses the whole plot area when the points span both axes", async () => {
  const html = await chart({
    points: [
      { x: 0, y: 1 },
      { x: 3, y: 0 },
    ],
    yDomain: [0, 1],
  });
  expect(html).toContain('aria-label="Loss over 2 points"');
  expect(html).toContain(' d="M46,8');
  expect(html).toContain("translate(352.0 156.0)");
});

test("LineChart leaves room on the right for epochs to come", async () => {
  const html = await chart({ points: [{ x: 1, y: 0.5 }], xMax: 4 });
  expect(html).toContain("translate(122.5 ");
});

test("LineChart draws a flat curve with finite coordinates", async () => {
  const html = await chart({
    points: [
      { x: 0, y: 0.5 },
      { x: 1, y: 0.5 },
    ],
  });
  expect(html).not.toContain("NaN");
});
