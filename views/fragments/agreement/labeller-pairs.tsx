/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type AgreementReport, LEAST_COMMON } from "../../../src/domain/queue/agreement.ts";
import type { Text } from "../../i18n/text.ts";
import { shortKappaWords } from "./agreement-words.ts";

/** How far each two people agree, on the drawings that both have answered. */
export function LabellerPairs({ text, report }: { text: Text; report: AgreementReport }) {
  const { t, number, percent } = text;
  const { pairs, morePairs } = report;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="agreement-pairs">
      <h2 id="agreement-pairs">{t("agreement.pairs")}</h2>
      {pairs.length === 0 ? (
        <p>{t("agreement.pairsNone", { least: LEAST_COMMON })}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards">
            <caption>{t("agreement.pairsCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("agreement.people")}</th>
                {(["common", "equal", "interval", "kappa"] as const).map((column) => (
                  <th scope="col" class="num">
                    {t(`agreement.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ labellers: [a, b], agreement }) => {
                const { n, share, low, high } = agreement.equal;
                return (
                  <tr>
                    <th scope="row">{t("agreement.peoplePair", { a, b })}</th>
                    <td data-label={t("agreement.common")} class="num">
                      {number(n)}
                    </td>
                    <td data-label={t("agreement.equal")} class="num">
                      {percent(share ?? 0, 1)}
                    </td>
                    <td data-label={t("agreement.interval")} class="num">
                      {t("agreement.range", { low: percent(low ?? 0, 0), high: percent(high ?? 1, 0) })}
                    </td>
                    <td data-label={t("agreement.kappa")} class="num">
                      {shortKappaWords(text, agreement)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {morePairs === 0 || pairs.length === 0 ? null : (
        <p class="small soft">{t("agreement.morePairs", { n: number(morePairs), least: LEAST_COMMON })}</p>
      )}
    </section>
  );
}
