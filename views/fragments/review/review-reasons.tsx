/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { QueueAnswer } from "../../../src/domain/queue/question.ts";
import type { Reviewer } from "../../../src/domain/samples/review.ts";
import type { Text } from "../../i18n/text.ts";
import { answerWords } from "../agreement/agreement-words.ts";

/** Why a label is in review. */
export interface ReviewReasonsProps {
  text: Text;
  reasons: {
    label: string;
    by: Reviewer;
    /**
     * The class that the screening model predicted; null when it does not know the label, or has not screened it. For a
     * label that a person has left here before any run: that of when it was drawn.
     */
    reading: string | null;
    /** The probability that it gave the label, 0..1. */
    p: number | null;
    /** The second opinions that contradict the label. */
    opinions: readonly QueueAnswer[];
  };
}

/** The label next to what contradicts it, and the reason in a sentence for each. */
export function ReviewReasons({ text, reasons }: ReviewReasonsProps) {
  const { t } = text;
  const { label, by, reading, opinions } = reasons;
  const answers = [...new Set(opinions.map((answer) => answerWords(text, answer)))];
  return (
    <>
      <div class="review-answers">
        <p>
          <span class="soft small">{t("review.label")}</span>
          <strong>{label}</strong>
        </p>
        {by === "opinion" ? null : (
          <p>
            <span class="soft small">{t("review.reading")}</span>
            <strong class="review-reading">{reading ?? t("value.none")}</strong>
          </p>
        )}
        {answers.length === 0 ? null : (
          <p>
            <span class="soft small">{t("review.opinion")}</span>
            <strong class="review-reading">{answers.join(t("text.comma"))}</strong>
          </p>
        )}
      </div>
      {by === "opinion" ? null : <p class="small">{probabilityWords(text, reasons)}</p>}
      {answers.map((answer) => (
        <p class="small">{t("review.opinionSays", { answer, label })}</p>
      ))}
      {by === "opinion" && answers.length === 0 ? <p class="small">{t("review.opinionGone")}</p> : null}
    </>
  );
}

/** The label and what contradicts it, in one sentence for the heading. */
export function reasonHeading(text: Text, { label, by, reading, opinions }: ReviewReasonsProps["reasons"]) {
  const { t } = text;
  const model = reading ?? t("value.none");
  const answer = opinions[0] === undefined ? null : answerWords(text, opinions[0]);
  if (by !== "opinion" && answer === null) return t("review.said", { label, reading: model });
  if (by !== "opinion") return t("review.saidBoth", { label, reading: model, answer: answer! });
  return t("review.saidOpinion", { label, answer: answer ?? t("value.none") });
}

/** Probabilities below this are not told apart. */
const TINY = 0.0001;

function probabilityWords(
  { t, percent }: Text,
  { label, by, reading, p }: Pick<ReviewReasonsProps["reasons"], "label" | "by" | "reading" | "p">,
): string {
  if (by === "person" && p === null) return t("review.noScreening");
  if (reading === null || p === null) return t("review.noReading");
  if (p < TINY) return t("review.pTiny", { label });
  return t("review.p", { label, percent: percent(p, p < 0.01 ? 2 : 1) });
}
