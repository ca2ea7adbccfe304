/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DatasetPreview } from "../../src/engine/catalog/dataset-preview.ts";
import { numberAxis } from "../charts/axes/number-axis.ts";
import { wholeAxis } from "../charts/axes/whole-axis.ts";
import { SeriesChart } from "../charts/series-chart.tsx";
import type { Text } from "../i18n/text.ts";

/** A summary of a dataset's content, and the size of its files. */
export function Preview({ text, preview }: { text: Text; preview: DatasetPreview }) {
  const { files } = preview;
  return (
    <>
      <Content text={text} preview={preview} />
      {files === undefined ? null : (
        <p class="small soft">
          {text.bytes(files.bytes)} · {text.dateTime(files.savedAt)}
          {files.version === null ? "" : ` · ${files.version}`}
          {files.isPart ? ` · ${text.t("graph.previewPart")}` : ""}
        </p>
      )}
    </>
  );
}

/** A contact sheet, a table, curves, text, or why there is none. */
function Content({ text, preview }: { text: Text; preview: DatasetPreview }) {
  const { t, number } = text;
  switch (preview.kind) {
    case "images":
      return (
        <figure class="contact">
          <img src={preview.src} alt={preview.alt} />
          <figcaption class="small soft">{t("graph.images", { n: number(preview.total) })}</figcaption>
        </figure>
      );
    case "table":
      return (
        <div class="table-wrap preview-table" tabindex={0}>
          <table>
            <caption>
              {preview.total === null
                ? t("graph.firstRows", { shown: number(preview.rows.length) })
                : t("graph.rowsOf", { shown: number(preview.rows.length), n: number(preview.total) })}
            </caption>
            <thead>
              <tr>
                {preview.columns.map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "curve":
      return (
        <div class="stack">
          {preview.curves.map(({ name, points }, i) => (
            <SeriesChart
              text={text}
              title={name}
              description={t("graph.curveAlt", {
                name,
                n: points.length,
                last: number(points.at(-1)?.y ?? 0, 4),
              })}
              series={[{ name, points, style: i > 0 ? "accent" : "ink", marks: "last" }]}
              xLabel={t("run.axis.epoch")}
              x={wholeAxis(text)}
              y={numberAxis(text)}
              empty={t("graph.noPreview")}
            />
          ))}
        </div>
      );
    case "tooLarge":
      return <p class="soft">{t("graph.previewTooLarge", { size: text.bytes(preview.maxBytes) })}</p>;
    case "damaged":
      return (
        <p class="alert">
          <strong>{t("graph.previewDamaged")}</strong> {preview.reason}
        </p>
      );
    case "text":
      return (
        <pre class="command preview-text" tabindex={0}>
          <code>{preview.text}</code>
        </pre>
      );
  }
}
