/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Queue, type QueueProps } from "../fragments/review/queue.tsx";
import { QueueTabs } from "../fragments/review/queue-tabs.tsx";
import { ReviewHelp } from "../fragments/review/review-help.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the label queue. */
export interface LabelPageProps extends PageProps {
  queue: Omit<QueueProps, "text">;
  /** Drawings without a label. */
  unlabelled: number;
}

/** The labels in review, one at a time. Works without script; with it, each decision has a key. */
export function LabelPage(props: LabelPageProps) {
  const { text, queue } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("review.title")} isLabelling inReview={queue.total}>
      <QueueTabs
        text={text}
        current="review"
        counts={{ review: queue.total, unlabelled: props.unlabelled }}
      />
      <div class="page-head">
        <div>
          <h1>{t("review.title")}</h1>
          <p>{t("review.lead")}</p>
        </div>
      </div>
      <Queue text={text} {...queue} />
      <ReviewHelp text={text} classes={queue.classes} />
    </Page>
  );
}
