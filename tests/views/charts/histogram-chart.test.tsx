/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import { HistogramChart } from "../../../views/charts/histogram-chart.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const bins = [
  { name: "< 1", short: "", n: 1, reference: 0 },
  { name: "1 – 2", short: "1", n: 3, reference: 1 },
  { name: "≥ 2", short: "2", n: 0, reference: 1 },
  { name: "≥ 3", short: "3", n: 0, reference: 0 },
];
const drawn = async (areRanges: boolean) =>
  String(
    await (
      <HistogramChart
        text={textIn("en")}
        title="Ink"
        description="Ink of 4 predictions"
        binName="Range"
        bins={bins}
        areRanges={areRanges}
      />
    ),
  );
const placeOf = (html: string, label: string) =>
  new RegExp(`x="([\\d.]+)%" y="1.35em" text-anchor="middle">${label}<`).exec(html)?.[1];

test("HistogramChart writes the lower end of a range below that end, and a category below its middle", async () => {
  expect(placeOf(await drawn(true), "2")).toBe("50.00");
  expect(placeOf(await drawn(false), "2")).toBe("62.50");
});

test("HistogramChart begins at 0, and draws the reference as level steps over the bins", async () => {
  const html = await drawn(true);
  // The axis ends at 80 %.
  expect(html).toContain('height="93.75%"><title>1 – 2 75.0\u00a0% (3)</title>');
  expect(html).not.toContain("chart-break");
  const [, path] = /<path class="chart-line chart-accent" d="([^"]+)"/.exec(html)!;
  expect(path!.match(/[ML]/g)).toHaveLength(8);
});
