/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AgreementReport } from "../../../src/domain/queue/agreement.ts";
import type { Text } from "../../i18n/text.ts";
import { answerWords, kappaWords } from "./agreement-words.ts";

/** The report and the share of the questions that it is made from. */
export interface AgreementViewProps {
  text: Text;
  report: AgreementReport;
  /** 0..0.5. */
  shares: { second: number; known: number };
}

/** How far labels and second opinions agree, and which answers are confused. */
export function AgreementView({ text, report, shares }: AgreementViewProps) {
  const { t, number, percent } = text;
  const { all, opinions, drawings } = report;
  const { n, share, low, high } = all.equal;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="agreement-answers">
      <h2 id="agreement-answers">{t("agreement.answers")}</h2>
      {shares.second === 0 ? <p>{t("agreement.off")}</p> : null}
      {share === null || low === null || high === null ? (
        shares.second === 0 ? null : (
          <p>{t("agreement.none")}</p>
        )
      ) : (
        <>
          <dl class="facts">
            <dt>{t("agreement.kappa")}</dt>
            <dd>{kappaWords(text, all)}</dd>
            <dt>{t("agreement.equal")}</dt>
            <dd>
              {t("agreement.equalValue", {
                ...{ equal: number(Math.round(share * n)), n: number(n), share: percent(share, 1) },
                ...{ low: percent(low, 1), high: percent(high, 1) },
              })}
            </dd>
            <dt>{t("agreement.given")}</dt>
            <dd>{t("agreement.givenValue", { opinions: number(opinions), drawings: number(drawings) })}</dd>
            <dt>{t("agreement.share")}</dt>
            <dd>{percent(shares.second, 1)}</dd>
          </dl>
          <p class="small soft">{t("agreement.kappaMeans")}</p>
          <p class="small soft">{t("agreement.counted")}</p>
          <ConfusedAnswers text={text} report={report} />
        </>
      )}
    </section>
  );
}

function ConfusedAnswers({ text, report }: Pick<AgreementViewProps, "text" | "report">) {
  const { t, number } = text;
  return (
    <div class="learning-group">
      <h3>{t("agreement.confused")}</h3>
      {report.confused.length === 0 ? (
        <p>{t("agreement.confusedNone")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards">
            <caption>{t("agreement.confusedCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("agreement.answersPair")}</th>
                <th scope="col" class="num">
                  {t("agreement.both")}
                </th>
                <th scope="col" class="num">
                  {t("agreement.either")}
                </th>
              </tr>
            </thead>
            <tbody>
              {report.confused.map(({ answers: [a, b], n, of }) => (
                <tr>
                  <th scope="row">
                    {t("agreement.confusedPair", { a: answerWords(text, a), b: answerWords(text, b) })}
                  </th>
                  <td data-label={t("agreement.both")} class="num">
                    {number(n)}
                  </td>
                  <td data-label={t("agreement.either")} class="num">
                    {number(of)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
