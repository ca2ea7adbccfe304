/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Queue, type QueueProps } from "../fragments/review/queue.tsx";
import { ReviewHelp } from "../fragments/review/review-help.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the label queue. */
export interface LabelPageProps extends PageProps {
  queue: Omit<QueueProps, "text">;
}

/** The labels in review, one at a time. Works without script; with it, each decision has a key. */
export function LabelPage(props: LabelPageProps) {
  const { text, queue } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("review.title")} isLabelling inReview={queue.total}>
      <div class="page-head">
        <div>
          <h1>{t("review.title")}</h1>
          <p>{t("review.lead")}</p>
          <p>
            <a href="/label/agreement">{t("agreement.link")}</a>
          </p>
        </div>
      </div>
      <Queue text={text} {...queue} />
      <ReviewHelp text={text} classes={queue.classes} />
    </Page>
  );
}
