/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { ChartTable } from "./chart-table.tsx";

/** Maximum number of rows. */
const MAX_ROWS = 50;

/** The confusion matrix in words: which classes were mistaken for which, the most frequent first. */
export function MistakesTable({
  text: { t, number, percent },
  name,
  labels,
  confusion,
}: {
  text: Text;
  name: string;
  labels: readonly string[];
  confusion: readonly (readonly number[])[];
}) {
  const rows = confusion
    .flatMap((row, i) => {
      const ofClass = row.reduce((sum, n) => sum + n, 0);
      return row.map((n, k) => ({ i, k, n, share: n / Math.max(1, ofClass) }));
    })
    .filter(({ i, k, n }) => i !== k && n > 0)
    .sort((a, b) => b.n - a.n);
  if (rows.length === 0) return <p class="chart-note">{t("chart.noMistakes")}</p>;
  return (
    <ChartTable
      summary={t("chart.asTable")}
      caption={t("chart.mistakesCaption", {
        set: name,
        shown: Math.min(MAX_ROWS, rows.length),
        n: rows.length,
      })}
      columns={[t("chart.truth"), t("chart.readAs"), t("chart.images"), t("chart.ofClass")]}
      rows={rows
        .slice(0, MAX_ROWS)
        .map(({ i, k, n, share }) => [
          labels[i] ?? String(i),
          labels[k] ?? String(k),
          number(n),
          percent(share),
        ])}
    />
  );
}
