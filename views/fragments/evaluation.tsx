import type { Text } from "../i18n/text.ts";
import { type ReportProps, reportNote, setName } from "./report.ts";

/** Recall of each class and the confusion matrix on one set. */
export function Evaluation({ text, set, report }: { text: Text; set: string; report: ReportProps }) {
  const { t, percent } = text;
  const name = setName(text, set);
  return (
    <section class="sheet stack" aria-labelledby={`set-${set}`}>
      <div>
        <h2 id={`set-${set}`}>{name}</h2>
        <p class="figure">{percent(report.accuracy, 2)}</p>
        <p class="soft small">
          {t("model.accuracy")} {reportNote(text, report)}
        </p>
      </div>
      {report.perClass.length === 0 ? null : <Recall text={text} name={name} report={report} />}
      {report.confusion.length === 0 ? null : <Confusion text={text} name={name} report={report} />}
    </section>
  );
}

interface PartProps {
  text: Text;
  name: string;
  report: ReportProps;
}

function Recall({ text: { t, number, percent }, name, report }: PartProps) {
  return (
    <div class="table-wrap recall">
      <table>
        <caption>{t("model.perClassCaption", { set: name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("model.class")}</th>
            <th scope="col" class="num">
              {t("model.images")}
            </th>
            <th scope="col" class="num">
              {t("model.recall")}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.perClass.map((row) => (
            <tr>
              <th scope="row">{row.label}</th>
              <td class="num">{number(row.n)}</td>
              <td class="num">
                {row.recall === null ? t("value.none") : percent(row.recall)}
                <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="100" height="4" />
                  <rect width={((row.recall ?? 0) * 100).toFixed(1)} height="4" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Confusion({ text: { t, number }, name, report }: PartProps) {
  const labels = report.perClass.map((row) => row.label);
  const mostWrong = Math.max(1, ...report.confusion.flatMap((row, i) => row.filter((_, k) => k !== i)));
  return (
    <div class="table-wrap confusion" tabindex={0}>
      <table>
        <caption>{t("model.confusionCaption", { set: name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("model.true")}</th>
            {labels.map((label) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.confusion.map((row, i) => (
            <tr>
              <th scope="row">{labels[i] ?? i}</th>
              {row.map((count, k) => (
                <td class={cellClass(count, i === k, mostWrong)}>{number(count)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Mistakes are tinted in three steps, relative to the most frequent one. */
function cellClass(count: number, isRight: boolean, mostWrong: number): string {
  if (isRight) return "right";
  if (count === 0) return "soft";
  return `wrong-${Math.max(1, Math.ceil((3 * count) / mostWrong))}`;
}
