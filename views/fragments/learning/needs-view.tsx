/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Need, Needs } from "../../../src/domain/learning/overview.ts";
import { pValue } from "../../../src/lib/p-value.ts";
import type { Text } from "../../i18n/text.ts";
import type { LearningProps } from "./next-labels.tsx";
import { intervalWords, shareWords } from "./share-words.ts";

/** Rows that are open in a list, at least: on a phone, each takes as much as a card. */
const OPEN_ROWS = 5;

/** The classes and writers whose drawings are misclassified more than the others, as far as the counts show it. */
export function NeedsView({ text, overview }: LearningProps) {
  const { t, number } = text;
  const { liveVersion, since, classes, writers, inTraining, unnamed } = overview;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="needs-title">
      <h2 id="needs-title">{t("learning.needs")}</h2>
      {liveVersion === null ? (
        <p>{t("learning.needsNone")}</p>
      ) : (
        <>
          <p class="small soft">
            {since === null
              ? t("learning.needsAll", { version: liveVersion })
              : t("learning.needsOf", { version: liveVersion, since: text.dateTime(since) })}
          </p>
          <Group
            text={text}
            id="by-class"
            title={t("learning.byClass")}
            rowName={t("learning.class")}
            needs={classes}
            shown={(names) => t("learning.classesShown", { names })}
            notShown={t("learning.classesNotShown")}
            labels={(key) => number(inTraining[key] ?? 0)}
          />
          <Group
            text={text}
            id="by-writer"
            title={t("learning.byWriter")}
            rowName={t("learning.writer")}
            needs={writers}
            shown={(names) => t("learning.writersShown", { names })}
            notShown={t("learning.writersNotShown")}
            hrefOf={(key) => `/learning?${new URLSearchParams({ writer: key })}#person-title`}
          />
          {unnamed === 0 ? null : <p class="small soft">{t("learning.unnamed", { n: number(unnamed) })}</p>}
          <p class="small soft">{t("learning.needsNote")}</p>
        </>
      )}
    </section>
  );
}

interface GroupProps {
  text: Text;
  id: string;
  title: string;
  rowName: string;
  needs: Needs;
  shown(names: string): string;
  notShown: string;
  /** Labels in training of a row. */
  labels?: (key: string) => string;
  hrefOf?: (key: string) => string;
}

function Group(props: GroupProps) {
  const { text, id, title, needs, shown, notShown } = props;
  const { t, number } = text;
  const { rows, leftOut } = needs;
  const first = firstOf(rows);
  const names = rows.filter(({ isShown }) => isShown).map(({ key }) => key);
  return (
    <div class="learning-group">
      <h3 id={id}>{title}</h3>
      {rows.length === 0 ? (
        <p>{t("learning.fewDrawings")}</p>
      ) : (
        <>
          <p>{names.length === 0 ? notShown : shown(names.join(t("text.comma")))}</p>
          <Table {...props} rows={rows.slice(0, first)} />
          {rows.length === first ? null : (
            <details class="chart-data learning-more">
              <summary>{t("learning.moreRows", { n: number(rows.length - first) })}</summary>
              <Table {...props} rows={rows.slice(first)} />
            </details>
          )}
        </>
      )}
      {leftOut === 0 ? null : <p class="small soft">{t("learning.leftOut", { n: number(leftOut) })}</p>}
    </div>
  );
}

/** Rows that are open: every one that is shown to have more mistakes; one more than that need not be folded. */
function firstOf(rows: readonly Need[]): number {
  const open = Math.max(OPEN_ROWS, rows.filter(({ isShown }) => isShown).length);
  return rows.length <= open + 1 ? rows.length : open;
}

function Table(props: GroupProps & { rows: readonly Need[] }) {
  const { text, id, rowName, rows, labels, hrefOf } = props;
  const { t, number } = text;
  const of = ({ wrong, errors }: Need) => t("learning.of", { wrong: number(wrong), n: number(errors.n) });
  const beyond = ({ excess }: Need) => `${excess > 0 ? "+" : ""}${number(excess, 1)}`.replace("-0.0", "0.0");
  const columns = [
    { label: t("learning.mistakes"), of: (row: Need) => shareWords(text, row.errors) },
    { label: t("learning.drawings"), of },
    { label: t("learning.interval"), of: (row: Need) => intervalWords(text, row.errors) },
    { label: t("learning.excess"), of: beyond },
    ...(labels === undefined
      ? []
      : [{ label: t("learning.inTraining"), of: (row: Need) => labels(row.key) }]),
  ];
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{rowName}</th>
            {columns.map(({ label }) => (
              <th scope="col" class="num">
                {label}
              </th>
            ))}
            <th scope="col">{t("learning.isMore")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{hrefOf === undefined ? row.key : <a href={hrefOf(row.key)}>{row.key}</a>}</th>
              {columns.map(({ label, of: wordsOf }) => (
                <td data-label={label} class="num">
                  {wordsOf(row)}
                </td>
              ))}
              <td data-label={t("learning.isMore")}>
                {row.isShown ? (
                  <strong>{t("learning.isShown", { p: pValue(row.p) })}</strong>
                ) : (
                  t("learning.isNotShown")
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
