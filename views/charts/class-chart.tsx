/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { proportion } from "../../src/domain/monitoring/proportion.ts";
import type { ReportProps } from "../fragments/report.ts";
import type { Text } from "../i18n/text.ts";
import { categoryAxis } from "./axes/category-axis.ts";
import { shareAxis } from "./axes/share-axis.ts";
import { BrokenNote } from "./broken-note.tsx";
import { ChartTable } from "./chart-table.tsx";
import { Legend, LevelMark, type MarkedValue } from "./marks.tsx";
import { percent as coordinate, Plot } from "./plot.tsx";

type ClassRow = ReportProps["perClass"][number];

/** The classes of one evaluation, and those of the previous model. */
export interface ClassChartProps {
  text: Text;
  name: string;
  perClass: readonly ClassRow[];
  /** Rows of the previous model, in the same order; empty when there is none. */
  before: readonly ClassRow[];
}

/** Height of a row: both marks of a class are below each other. */
const ROW_EM = 2.2;
/** Distance of a mark from the middle of its row, in pixels. */
const APART = 5;
/** Half of the height of the line that stands for the previous model, in pixels. */
const THEN = 10;

/**
 * Recall and precision of each class, with the 95 % interval of the recall by the number of its images, and the previous
 * model's recall.
 */
export function ClassChart({ text, name, perClass, before }: ClassChartProps) {
  const { t, number, percent } = text;
  const share = (value: number | null | undefined) => (value == null ? t("value.none") : percent(value));
  const columns = [t("model.class"), t("model.images"), t("model.recall"), t("chart.precision")];
  return (
    <figure class="chart">
      <figcaption>{t("chart.perClass", { set: name })}</figcaption>
      <Rows text={text} name={name} perClass={perClass} before={before} />
      <Legend
        items={[
          { name: t("model.recall"), style: "ink", isLoose: true },
          { name: t("chart.precision"), style: "accent", isLoose: true },
        ]}
      />
      {before.length === 0 ? null : <p class="chart-note">{t("chart.recallBefore")}</p>}
      <ChartTable
        summary={t("chart.asTable")}
        caption={t("model.perClassCaption", { set: name })}
        columns={before.length === 0 ? columns : [...columns, t("chart.recallThen")]}
        rows={perClass.map((row, i) => [
          row.label,
          number(row.n),
          share(row.recall),
          share(row.precision),
          ...(before.length === 0 ? [] : [share(before[i]?.recall)]),
        ])}
      />
    </figure>
  );
}

function Rows({ text, name, perClass, before }: ClassChartProps) {
  const { t, percent } = text;
  const y = categoryAxis(perClass.map(({ label }) => label));
  const marks = perClass.map((row) => marksOf(text, row));
  const drawn = marks.flatMap(({ recall, precision }) => [recall, precision].filter((one) => one !== null));
  const then = before.flatMap(({ recall }) => (recall === null ? [] : [{ value: recall }]));
  const x = shareAxis(text)([...drawn, ...then]);
  const worst = worstOf(perClass);
  const description = t("chart.perClassAlt", {
    set: name,
    label: worst?.label ?? t("value.none"),
    recall: worst?.recall == null ? t("value.none") : percent(worst.recall),
  });
  return (
    <>
      <Plot x={x} y={y} description={description} grid="x" heightEm={ROW_EM * perClass.length}>
        {marks.map(({ recall, precision }, i) => {
          const at = y.place(i);
          const recallThen = before[i]?.recall;
          return (
            <>
              {recallThen == null ? null : <Then x={x.place(recallThen)} y={at} />}
              {precision === null ? null : (
                <LevelMark x={x} y={at} of={precision} style="accent" shift={APART} />
              )}
              {recall === null ? null : <LevelMark x={x} y={at} of={recall} style="ink" shift={-APART} />}
            </>
          );
        })}
      </Plot>
      <BrokenNote text={text} axis={x} />
    </>
  );
}

/** The marks of a class: the number of its images tells how certain the recall is. */
function marksOf(
  { t, number, percent }: Text,
  { label, n, recall, precision }: ClassRow,
): { recall: MarkedValue | null; precision: MarkedValue | null } {
  const titled = (kind: string, share: number) =>
    t("chart.shareTitle", {
      name: `${label}${t("text.comma")}${kind}`,
      share: percent(share),
      n: number(n),
    });
  const interval = recall === null ? null : proportion(Math.round(recall * n), n);
  return {
    recall:
      recall === null
        ? null
        : {
            ...{ value: recall, low: interval?.low ?? undefined, high: interval?.high ?? undefined },
            title: titled(t("model.recall"), recall),
          },
    precision:
      precision === null
        ? null
        : {
            value: precision,
            title: `${label}${t("text.comma")}${t("chart.precision")}${t("text.colon")}${percent(precision)}`,
          },
  };
}

/** The previous model's recall, as a line across the row. */
function Then({ x, y }: { x: number; y: number }) {
  return (
    <svg x={coordinate(x)} y={coordinate(1 - y)} width="1" height="1" overflow="visible" role="presentation">
      <line class="chart-then" y1={-THEN} y2={THEN} />
    </svg>
  );
}

function worstOf(rows: readonly ClassRow[]): ClassRow | undefined {
  return rows.filter(({ recall }) => recall !== null).toSorted((a, b) => a.recall! - b.recall!)[0];
}
