/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import type { ReportProps } from "../fragments/report.ts";
import type { Text } from "../i18n/text.ts";
import { px } from "./axes.tsx";
import { ChartTable } from "./chart-table.tsx";
import { labelWidth, shortLabel } from "./labels.ts";
import { Legend, Mark } from "./marks.tsx";

type ClassRow = ReportProps["perClass"][number];

/** The classes of one evaluation, and those of the previous model. */
export interface ClassChartProps {
  text: Text;
  name: string;
  perClass: readonly ClassRow[];
  /** Rows of the previous model, in the same order; empty when there is none. */
  before: readonly ClassRow[];
}

const WIDTH = 360;
const ROW = 22;
const TOP = 4;
const BOTTOM = 22;
const RIGHT = 12;

/** Recall and precision of each class on one line, from the lowest to 100 %, with the previous model's recall. */
export function ClassChart({ text, name, perClass, before }: ClassChartProps) {
  const { t, number, percent } = text;
  const share = (value: number | null | undefined) => (value == null ? t("value.none") : percent(value));
  const columns = [t("model.class"), t("model.images"), t("model.recall"), t("chart.precision")];
  return (
    <figure class="chart">
      <figcaption class="small soft">{t("chart.perClass", { set: name })}</figcaption>
      <Rows text={text} name={name} perClass={perClass} before={before} />
      <Legend
        items={[
          { name: t("model.recall"), style: "ink", isLoose: true },
          { name: t("chart.precision"), style: "accent", isLoose: true },
        ]}
      />
      {before.length === 0 ? null : <p class="small soft">{t("chart.recallBefore")}</p>}
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

function Rows({ text: { t, percent }, name, perClass, before }: ClassChartProps) {
  const left = labelWidth(perClass.map(({ label }) => label));
  const height = TOP + perClass.length * ROW + BOTTOM;
  const shares = [...perClass, ...before].flatMap(({ recall, precision }) => [recall ?? 1, precision ?? 1]);
  const x = scaleLinear([lowEnd(Math.min(...shares)), 1], [left + 6, WIDTH - RIGHT]);
  const worst = worstOf(perClass);
  const description = t("chart.perClassAlt", {
    set: name,
    label: worst?.label ?? t("value.none"),
    recall: worst?.recall == null ? t("value.none") : percent(worst.recall),
  });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={description}>
      {x.ticks(5).map((tick) => (
        <>
          <line class="chart-grid" x1={px(x(tick))} x2={px(x(tick))} y1={TOP} y2={height - BOTTOM} />
          <text class="chart-text" x={px(x(tick))} y={height - 6} text-anchor="middle">
            {percent(tick, 0)}
          </text>
        </>
      ))}
      {perClass.map((row, i) => {
        const y = TOP + (i + 0.5) * ROW;
        const then = before[i]?.recall;
        return (
          <>
            <text class="chart-label" x={left} y={px(y + 4)} text-anchor="end">
              {shortLabel(row.label)}
              <title>{row.label}</title>
            </text>
            {row.recall === null || row.precision === null ? null : (
              <line
                class="chart-span"
                x1={px(x(row.recall))}
                x2={px(x(row.precision))}
                y1={px(y)}
                y2={px(y)}
              />
            )}
            {then == null ? null : (
              <line class="chart-then" x1={px(x(then))} x2={px(x(then))} y1={px(y - 7)} y2={px(y + 7)} />
            )}
            {row.precision === null ? null : (
              <Mark
                x={x(row.precision)}
                y={y}
                style="accent"
                title={`${row.label}${t("text.colon")}${t("chart.precision")} ${percent(row.precision)}`}
              />
            )}
            {row.recall === null ? null : (
              <Mark
                x={x(row.recall)}
                y={y}
                style="ink"
                title={`${row.label}${t("text.colon")}${t("model.recall")} ${percent(row.recall)}`}
              />
            )}
          </>
        );
      })}
    </svg>
  );
}

/** Good models differ in the last few per cent, so the axis starts a little below the lowest value. */
function lowEnd(lowest: number): number {
  return Math.max(0, Math.min(0.95, Math.floor(lowest * 20 - 0.2) / 20));
}

function worstOf(rows: readonly ClassRow[]): ClassRow | undefined {
  return rows.filter(({ recall }) => recall !== null).toSorted((a, b) => a.recall! - b.recall!)[0];
}
