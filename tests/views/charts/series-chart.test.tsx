/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import { Glob } from "bun";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { numberAxis } from "../../../views/charts/axes/number-axis.ts";
import { shareAxis } from "../../../views/charts/axes/share-axis.ts";
import { wholeAxis } from "../../../views/charts/axes/whole-axis.ts";
import { SeriesChart, type SeriesChartProps } from "../../../views/charts/series-chart.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const text = textIn("en");
const POINTS = [
  { x: 1, y: 0.9945 },
  { x: 2, y: 0.9946 },
  { x: 3, y: 0.9945 },
];

const chart = async (change: Partial<SeriesChartProps> = {}) =>
  String(
    await (
      <SeriesChart
        text={text}
        title="Accuracy"
        description="Accuracy of three versions"
        series={[{ name: "Test set", points: POINTS, style: "ink", marks: "all" }]}
        x={wholeAxis(text)}
        y={shareAxis(text)}
        xLabel="Version"
        empty="Nothing yet"
        {...change}
      />
    ),
  ).replaceAll("\u00a0", " ");

const ticksOf = (html: string) =>
  [...(/<svg class="plot-y".*?<\/svg>/s.exec(html)?.[0] ?? "").matchAll(/>([^<>]+)<\/text>/g)].map(
    ([, label]) => label,
  );
/** Coordinates of a path, in thousandths of the picture, from the upper left corner. */
const verticesOf = (path: string) =>
  [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [+x!, +y!]);
const paths = (html: string) =>
  [...html.matchAll(/<path class="chart-line[^"]*" d="([^"]*)"/g)].map(([, d]) => d!);

test("a change of 0.01 points is a change of a hundredth of the height at most, and the axis says where it begins", async () => {
  const html = await chart();
  expect(ticksOf(html)).toEqual(["98.8 %", "99.0 %", "99.2 %", "99.4 %", "99.6 %", "99.8 %", "100.0 %"]);
  const heights = verticesOf(paths(html)[0]!).map(([, y]) => y!);
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(10.1);
  expect(html).toContain("chart-break");
  expect(html).toContain("The axis begins at 98.8 %, not at 0.");
});

test("an axis has at least twice the width of the widest interval, so that chance looks like chance", async () => {
  const points = [20, 19].map((correct, i) => {
    const { share, low, high } = proportion(correct, 20);
    return { x: i, y: share!, low: low!, high: high! };
  });
  const html = await chart({ series: [{ name: "", points, style: "ink", marks: "all", isLoose: true }] });
  const [y1, y2] = /chart-whisker.*?y1="([\d.]+)%" y2="([\d.]+)%"/.exec(html)!.slice(1).map(Number);
  expect(Math.abs(y1! - y2!)).toBeLessThanOrEqual(50);
  // Wilson's interval of 20 in 20 begins at 83.89 %.
  expect(points[0]!.low).toBeCloseTo(0.8389, 4);
});

test("an axis that begins at 0 has no break, and losses always begin there", async () => {
  const series = [{ name: "Loss", points: POINTS, style: "ink", marks: "last" }] as const;
  const html = await chart({ series, y: numberAxis(text) });
  expect(ticksOf(html)[0]).toBe("0.0");
  expect(html).not.toContain("chart-break");
  expect(html).not.toContain("The axis begins");
});

test("lines are straight from one measured point to the next, and no chart imports a curve", async () => {
  const ys = [0.5, 0.9, 0.9, 0.1];
  const points = ys.map((y, x) => ({ x, y }));
  const html = await chart({ series: [{ name: "", points, style: "ink", marks: "all" }] });
  const [path] = paths(html);
  const axis = shareAxis(text)(ys.map((value) => ({ value })));
  expect(path).toMatch(/^M[\d. ]+(L[\d. ]+)+$/);
  expect(verticesOf(path!)).toEqual(
    ys.map((y, i) => [+((1000 * i) / 3).toFixed(1), +(1000 * (1 - axis.place(y))).toFixed(1)]),
  );
  const sources = await Promise.all(
    [...new Glob("views/**/*.tsx").scanSync(".")].map(
      async (file) => [file, await Bun.file(file).text()] as const,
    ),
  );
  expect(
    sources.filter(([, source]) => /\bcurve[A-Z]\w*\b/.test(source) && source.includes("d3-shape")),
  ).toEqual([]);
});

test("no line joins points that were measured on different data, or that are loose", async () => {
  const on = (n: number) => `${n} images`;
  const points = [...POINTS, { x: 4, y: 0.99 }, { x: 5, y: 0.99 }].map((point, i) => ({
    ...point,
    on: on(i < 3 ? 10_000 : 8_000),
  }));
  const two = paths(await chart({ series: [{ name: "", points, style: "ink", marks: "all" }] }));
  expect(two.map((path) => verticesOf(path).length)).toEqual([3, 2]);
  const loose = await chart({ series: [{ name: "", points, style: "ink", marks: "all", isLoose: true }] });
  expect(paths(loose)).toEqual([]);
  expect(loose.match(/class="chart-mark/g)).toHaveLength(5);
});

test("points that are not finite are left out, and without any others the chart says so in words", async () => {
  const points = [{ x: 1, y: Number.NaN }, { x: Number.POSITIVE_INFINITY, y: 1 }, ...POINTS.slice(0, 1)];
  const html = await chart({ series: [{ name: "", points, style: "ink", marks: "all" }] });
  expect(html.match(/class="chart-mark/g)).toHaveLength(1);
  expect(html).not.toMatch(/NaN|Infinity/);
  const empty = await chart({
    series: [{ name: "", points: points.slice(0, 2), style: "ink", marks: "all" }],
  });
  expect(empty).toContain('<div class="chart-empty">Nothing yet</div>');
  expect(empty).not.toContain("<svg");
});

test("marks of two kinds at the same place stay apart, links have room for a finger, and curves keep their marks", async () => {
  const points = [
    { x: 1, y: 0.5, low: 0.4, high: 0.6, title: "Model 1: 50.0 % (n = 100)", href: "/models/1" },
  ];
  const both = (isLoose: boolean) => [
    { name: "a", points, style: "ink", marks: "all", isLoose } as const,
    { name: "b", points, style: "accent", marks: "all", isLoose } as const,
  ];
  const loose = await chart({ series: both(true) });
  expect(loose.match(/translate\((-?4) 0\)/g)).toHaveLength(2);
  expect(loose).toContain(
    '<a href="/models/1" aria-label="Model 1: 50.0 % (n = 100)"><circle class="chart-touch" r="14"',
  );
  expect(loose).toContain('role="group"');
  expect(await chart({ series: both(false) })).not.toContain("translate(-4 0)");
});

test("the label of a moment is above the picture, and the moment is within the axis", async () => {
  const html = await chart({ moment: { x: 9, label: "best: epoch 9" } });
  expect(html).toMatch(/x="100\.00%" y="-0\.9em" text-anchor="end">best: epoch 9/);
});

test("marks do not hide a line: of more than 40 points on one, only the last has a mark", async () => {
  const points = Array.from({ length: 41 }, (_, x) => ({ x, y: 0.5 }));
  const marksOf = async (n: number, isLoose: boolean) =>
    (
      await chart({ series: [{ name: "", points: points.slice(0, n), style: "ink", marks: "all", isLoose }] })
    ).match(/class="chart-mark/g)?.length;
  expect([await marksOf(40, false), await marksOf(41, false), await marksOf(41, true)]).toEqual([40, 1, 41]);
});
