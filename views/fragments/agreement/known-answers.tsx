/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { shortId } from "../runs/run-words.ts";
import type { AgreementViewProps } from "./agreement-view.tsx";

/** The drawings with a known answer, and those of them that people answer otherwise. */
export function KnownAnswers({ text, report, shares }: AgreementViewProps) {
  const { t, number, percent } = text;
  const { known, contested } = report;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="agreement-known">
      <h2 id="agreement-known">{t("agreement.known")}</h2>
      <p class="small soft">{t("agreement.knownIs")}</p>
      {shares.known === 0 ? (
        <p>{t("agreement.knownOff")}</p>
      ) : known.isEnough ? (
        <dl class="facts">
          <dt>{t("agreement.knownPool")}</dt>
          <dd>{number(known.pool)}</dd>
          <dt>{t("agreement.share")}</dt>
          <dd>{percent(shares.known, 1)}</dd>
        </dl>
      ) : (
        <p>{t("agreement.knownFew", { n: number(known.pool), least: known.least })}</p>
      )}
      {contested.length === 0 ? null : (
        <div class="learning-group">
          <h3>{t("agreement.contested")}</h3>
          <div class="table-wrap" tabindex={0}>
            <table class="cards">
              <caption>{t("agreement.contestedText")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("agreement.drawing")}</th>
                  <th scope="col">{t("agreement.label")}</th>
                  <th scope="col" class="num">
                    {t("agreement.otherwise")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {contested.map(({ sampleId, label, asked, otherwise }) => (
                  <tr>
                    <th scope="row">
                      <a href={`/samples/${encodeURIComponent(sampleId)}`}>
                        <code>{shortId(sampleId)}</code>
                      </a>
                    </th>
                    <td data-label={t("agreement.label")}>{label}</td>
                    <td data-label={t("agreement.otherwise")} class="num">
                      {t("agreement.ofAsked", { n: number(otherwise), asked: number(asked) })}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}
