/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type {
  ComparedConfusion,
  ComparedParameter,
  ComparedScores,
} from "../../../src/domain/runs/compare-runs.ts";
import { shortened } from "../../../src/lib/shortened.ts";
import type { Text } from "../../i18n/text.ts";
import { setName } from "../report.ts";

/** The runs of a table, in its order. */
interface Compared {
  text: Text;
  names: readonly string[];
}

/** Characters of a value that are shown. */
const MAX_VALUE = 60;

/** Accuracy of each run on each set, with the number of images. */
export function CompareScores({ text, names, scores }: Compared & { scores: readonly ComparedScores[] }) {
  const { t, number, percent } = text;
  return (
    <section class="sheet stack" aria-labelledby="compare-scores">
      <h2 id="compare-scores">{t("compare.scores")}</h2>
      {scores.length === 0 ? (
        <p class="soft">{t("compare.noScores")}</p>
      ) : (
        <Table caption={t("compare.scoresCaption")} first={t("compare.set")} names={names}>
          {scores.map(({ set, scores: own }) => {
            const best = Math.max(...own.flatMap((score) => (score === null ? [] : [score.accuracy])));
            return (
              <tr>
                <th scope="row">{setName(text, set)}</th>
                {own.map((score, i) => (
                  <td data-label={names[i]} class="num">
                    {score === null ? (
                      t("value.none")
                    ) : (
                      <>
                        {score.accuracy === best ? (
                          <strong>{percent(score.accuracy, 2)}</strong>
                        ) : (
                          percent(score.accuracy, 2)
                        )}{" "}
                        {score.n === null ? null : (
                          <span class="small soft">{t("compare.n", { n: number(score.n) })}</span>
                        )}
                      </>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </Table>
      )}
    </section>
  );
}

/** The parameters that differ, marked; those that are the same are folded away. */
export function CompareParameters({
  text,
  names,
  parameters,
  isPartial,
}: Compared & { parameters: readonly ComparedParameter[]; isPartial: readonly boolean[] }) {
  const { t } = text;
  const partial = names.filter((_, i) => isPartial[i]);
  const different = parameters.filter(({ isDifferent }) => isDifferent);
  const same = parameters.filter(({ isDifferent }) => !isDifferent);
  return (
    <section class="sheet stack" aria-labelledby="compare-parameters">
      <h2 id="compare-parameters">{t("runs.parameters")}</h2>
      {partial.length === 0 ? null : <p>{t("compare.partial", { names: partial.join(t("text.comma")) })}</p>}
      {different.length === 0 ? (
        <p class="soft">{t("compare.sameParameters")}</p>
      ) : (
        <Table caption={t("compare.differing")} first={t("compare.parameter")} names={names}>
          {different.map((parameter) => (
            <ParameterRow text={text} names={names} parameter={parameter} isPartial={isPartial} />
          ))}
        </Table>
      )}
      {same.length === 0 ? null : (
        <details>
          <summary>{t("compare.same", { n: same.length })}</summary>
          <Table caption={t("compare.same", { n: same.length })} first={t("compare.parameter")} names={names}>
            {same.map((parameter) => (
              <ParameterRow text={text} names={names} parameter={parameter} isPartial={isPartial} />
            ))}
          </Table>
        </details>
      )}
    </section>
  );
}

function ParameterRow({
  text,
  names,
  parameter,
  isPartial,
}: Compared & { parameter: ComparedParameter; isPartial: readonly boolean[] }) {
  const { name, values, isDifferent } = parameter;
  const isKnown = (i: number) => values[i] !== undefined || isPartial[i] !== true;
  const first = JSON.stringify(values[values.findIndex((_, i) => isKnown(i))]);
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      {values.map((value, i) => {
        const shown = value === undefined ? text.t("value.none") : shortened(valueText(value), MAX_VALUE);
        return (
          <td data-label={names[i]} class="num">
            {isDifferent && isKnown(i) && JSON.stringify(value) !== first ? <mark>{shown}</mark> : shown}
          </td>
        );
      })}
    </tr>
  );
}

/** Where the confusion matrices differ most: counts, and the difference from the first run. */
export function CompareConfusion({
  text,
  names,
  confusion,
}: Compared & { confusion: readonly ComparedConfusion[] }) {
  const { t, number } = text;
  if (confusion.length === 0) return null;
  return (
    <section class="sheet stack" aria-labelledby="compare-confusion">
      <h2 id="compare-confusion">{t("compare.confusion")}</h2>
      {confusion.map(({ set, cells }) => (
        <Table
          caption={t("compare.confusionCaption", { set: setName(text, set) })}
          first={t("compare.cell")}
          names={names}
        >
          {cells.map(({ label, predicted, counts }) => (
            <tr>
              <th scope="row">{t("compare.readAs", { label, predicted })}</th>
              {counts.map((count, i) => {
                const base = counts[0] ?? null;
                const by = i === 0 || count === null || base === null ? null : count - base;
                return (
                  <td data-label={names[i]} class="num">
                    {count === null ? t("value.none") : number(count)}{" "}
                    {by === null ? null : (
                      <span class="small soft">
                        ({by > 0 ? "+" : by < 0 ? "−" : "±"}
                        {number(Math.abs(by))})
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </Table>
      ))}
    </section>
  );
}

function Table({
  caption,
  first,
  names,
  children,
}: {
  caption: string;
  first: string;
  names: readonly string[];
  children: unknown;
}) {
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {names.map((name) => (
              <th scope="col" class="num">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children as never}</tbody>
      </table>
    </div>
  );
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
