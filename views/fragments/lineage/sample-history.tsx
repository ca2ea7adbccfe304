/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SampleChange } from "../../../src/domain/lineage/sample-change.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { labelWords } from "./label-words.ts";

/** Decisions about a label that leave it as it is. */
const DECISIONS: Readonly<Record<string, MessageKey>> = {
  confirmed: "sample.confirmed",
  suspect: "sample.leftToReview",
};

/** Who changed a label when, from what to what. */
export function SampleHistory({ text, changes }: { text: Text; changes: readonly SampleChange[] }) {
  const { t } = text;
  if (changes.length === 0) return <p class="soft">{t("sample.historyNone")}</p>;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("sample.historyCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sample.when")}</th>
            <th scope="col">{t("sample.who")}</th>
            <th scope="col">{t("sample.from")}</th>
            <th scope="col">{t("sample.to")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr>
              <th scope="row">
                <time datetime={change.at}>{text.dateTime(change.at)}</time>
              </th>
              <td data-label={t("sample.who")}>{actorWords(text, change.actor)}</td>
              <td data-label={t("sample.from")}>
                {change.action === "stored"
                  ? t("value.none")
                  : labelWords(text, change.labelFrom, change.stateFrom)}
              </td>
              <td data-label={t("sample.to")}>
                {change.action === "deleted" ? t("sample.removed") : changedTo(text, change)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The label that a change has left, with the decision where that is all that has changed: "7 (confirmed)". */
function changedTo(text: Text, change: SampleChange): string {
  const { labelFrom, labelTo, stateFrom, stateTo, reviewTo, action } = change;
  const label = labelWords(text, labelTo, stateTo);
  if (action !== "changed" || labelFrom !== labelTo || stateFrom !== stateTo) return label;
  return text.t("text.aside", {
    text: label,
    aside: text.t(DECISIONS[reviewTo ?? "none"] ?? "sample.undecided"),
  });
}
