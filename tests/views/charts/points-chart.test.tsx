/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import { PointsChart, type PointsChartProps } from "../../../views/charts/points-chart.tsx";

const PROPS: PointsChartProps = {
  ...{ title: "Mistakes", description: "Two points", xLabel: "Labels", empty: "Nothing yet" },
  formatX: String,
  formatY: (value) => `${(value * 100).toFixed(0)} %`,
  series: [
    {
      ...{ name: "New", style: "accent" },
      points: [
        { x: 0, y: 0.1, low: 0.05, high: 0.2, title: "none: 10 %" },
        { x: 100, y: 0.05, low: 0.02, high: 0.1, title: "100: 5 %", href: "/models/2" },
      ],
    },
    { name: "Base", style: "ink", points: [{ x: 100, y: 0.1, low: 0.06, high: 0.15, title: "base" }] },
  ],
};

const html = async (change: Partial<PointsChartProps> = {}) =>
  String(await (<PointsChart {...PROPS} {...change} />));

test("PointsChart draws each share as a mark on its interval, joined by nothing, from 0 to the highest end", async () => {
  const svg = await html();
  expect(svg.match(/<line class="chart-line chart-accent"/g)).toHaveLength(2);
  expect(svg.match(/<line class="chart-line chart-ink"/g)).toHaveLength(1);
  expect(svg).not.toContain('<path class="chart-line');
  expect(svg).toContain('aria-label="Two points"');
  expect(svg).toContain('<a href="/models/2" aria-label="100: 5 %">');
  expect(svg).toContain(">0 %</text>");
  // The upper end of the highest interval is at the top of the plot, and its lower end a quarter of the way up.
  expect(svg).toMatch(/chart-accent" x1="[\d.]+" x2="[\d.]+" y1="134\.0" y2="8\.0"/);
});

test("PointsChart keeps marks of two kinds at the same x apart", async () => {
  const [, first, second] = /x1="([\d.]+)"[^>]*y1="\d+\.\d" y2="\d+\.\d".*chart-ink" x1="([\d.]+)"/s.exec(
    (
      await html({ series: PROPS.series.map((one) => ({ ...one, points: one.points.slice(-1) })) })
    ).replaceAll(/<line class="chart-grid"[^>]*>/g, ""),
  )!;
  expect(Number(second) - Number(first)).toBeCloseTo(5, 6);
});

test("PointsChart draws a curve only where there is one, dashed and named without a mark", async () => {
  const curve = { name: "Fitted", points: [0, 50, 100].map((x) => ({ x, y: 0.1 - x / 2_000 })) };
  const svg = await html({ curve });
  expect(svg.match(/<path class="chart-line chart-ink is-dashed"/g)).toHaveLength(2);
  expect(svg).toContain("Fitted");
  expect(await html({ curve: { name: "Fitted", points: [] } })).not.toContain("Fitted");
});

test("PointsChart says in words that there is nothing to draw", async () => {
  const empty = await html({ series: [{ name: "New", style: "ink", points: [] }] });
  expect(empty).toContain('<div class="chart-empty">Nothing yet</div>');
  expect(empty).not.toContain("<svg");
});
