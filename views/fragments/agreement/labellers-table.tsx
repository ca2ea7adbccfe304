/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type LabellerScore, LEAST_FOLLOWED } from "../../../src/domain/queue/agreement.ts";
import type { Text } from "../../i18n/text.ts";
import { ofWords } from "./agreement-words.ts";

/** Those who label, with their scores. */
export interface LabellersTableProps {
  text: Text;
  /** Those who answered last first. */
  labellers: readonly LabellerScore[];
  /** Number of those that are not listed. */
  more: number;
}

/** The answers of each labeller, and how many of them are known to be correct. */
export function LabellersTable({ text, labellers, more }: LabellersTableProps) {
  const { t, number } = text;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="agreement-labellers">
      <h2 id="agreement-labellers">{t("agreement.labellers")}</h2>
      {labellers.length === 0 ? (
        <p>{t("agreement.labellersNone")}</p>
      ) : (
        <>
          <div class="table-wrap" tabindex={0}>
            <table class="cards">
              <caption>{t("agreement.labellersCaption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("agreement.labeller")}</th>
                  {(["count", "right", "others", "pace", "lastAt"] as const).map((column) => (
                    <th scope="col" class="num">
                      {t(`agreement.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {labellers.map((score) => (
                  <Labeller text={text} score={score} />
                ))}
              </tbody>
            </table>
          </div>
          {more === 0 ? null : <p class="soft">{t("agreement.moreLabellers", { n: number(more) })}</p>}
          <p class="small soft">{t("agreement.labellersNote", { least: LEAST_FOLLOWED })}</p>
        </>
      )}
      <p class="small soft">{t("agreement.anonymous")}</p>
    </section>
  );
}

function Labeller({ text, score }: { text: Text; score: LabellerScore }) {
  const { t, number } = text;
  const { labeller, answers, known, others, perHour, lastAt } = score;
  return (
    <tr>
      <th scope="row">{labeller}</th>
      <td data-label={t("agreement.count")} class="num">
        {number(answers)}
      </td>
      <td data-label={t("agreement.right")} class="num">
        {ofWords(text, known, known.right)}
      </td>
      <td data-label={t("agreement.others")} class="num">
        {ofWords(text, others, others.equal)}
      </td>
      <td data-label={t("agreement.pace")} class="num">
        {perHour === null ? t("agreement.paceFew") : number(perHour)}
      </td>
      <td data-label={t("agreement.lastAt")} class="num">
        <time datetime={lastAt}>{text.dateTime(lastAt)}</time>
      </td>
    </tr>
  );
}
