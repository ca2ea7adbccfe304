/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Opinion } from "../../../src/domain/queue/opinion.ts";
import type { Text } from "../../i18n/text.ts";
import { answerWords } from "../agreement/agreement-words.ts";

/** The answers that others gave in the label queue to a drawing that had a label, oldest first. */
export function SampleOpinions({ text, opinions }: { text: Text; opinions: readonly Opinion[] }) {
  const { t } = text;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("opinion.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sample.when")}</th>
            <th scope="col">{t("sample.who")}</th>
            <th scope="col">{t("opinion.kind")}</th>
            <th scope="col">{t("opinion.answer")}</th>
            <th scope="col">{t("opinion.expected")}</th>
          </tr>
        </thead>
        <tbody>
          {opinions.map(({ at, labeller, kind, answer, expected }) => (
            <tr>
              <th scope="row">
                <time datetime={at}>{text.dateTime(at)}</time>
              </th>
              <td data-label={t("sample.who")}>{labeller}</td>
              <td data-label={t("opinion.kind")}>{t(`opinion.kind.${kind}`)}</td>
              <td data-label={t("opinion.answer")}>{answerWords(text, answer)}</td>
              <td data-label={t("opinion.expected")}>{expected}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
