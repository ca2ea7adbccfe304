/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { NavCount } from "../../layout/nav.tsx";
import { shortId } from "../runs/run-words.ts";
import { HeldBatches, type HeldBatchesProps } from "./held-batches.tsx";
import { LastStepLine } from "./last-step.tsx";
import { type LastStep, type QueueScope, queuePath } from "./queue-path.ts";
import { ReviewItem, type ReviewItemProps } from "./review-item.tsx";

/** The state of the queue. */
export interface QueueProps {
  text: Text;
  classes: readonly string[];
  scope: QueueScope;
  /** All labels in review. */
  total: number;
  /** Those in this part of the queue, skipped ones included; null when unknown. */
  left: number | null;
  /** The label to decide about; null when there is none, or all have been skipped. */
  item: ReviewItemProps["item"] | null;
  batches: HeldBatchesProps["batches"];
  /** Number of batches that are not shown. */
  moreBatches: number;
  last: LastStep | null;
}

/** The label to decide about, and the batches: the swap target `#queue`. */
export function Queue(props: QueueProps) {
  const { text, scope, last, item, batches } = props;
  return (
    <div id="queue" class="stack queue" data-classes={JSON.stringify(props.classes)}>
      <LastStepLine text={text} last={last} scope={scope} />
      {scope.runId === null ? null : (
        <p class="queue-scope">
          <a href="/label">{text.t("review.backToQueue")}</a> /{" "}
          {text.t("review.ofBatch", { run: shortId(scope.runId) })}
        </p>
      )}
      {item === null || props.left === null ? null : (
        <p class="soft">{text.t("review.count", { n: text.number(props.left) })}</p>
      )}
      {item === null ? (
        <NoItem {...props} />
      ) : (
        <ReviewItem text={text} classes={props.classes} scope={scope} item={item} last={last} />
      )}
      {scope.state === "held" || batches.length === 0 ? null : (
        <HeldBatches text={text} batches={batches} more={props.moreBatches} />
      )}
    </div>
  );
}

/** The queue as an answer to htmx, with the count in the navigation. */
export function QueueSwap(props: QueueProps) {
  return (
    <>
      <Queue {...props} />
      <span id="nav-review" hx-swap-oob="innerHTML">
        <NavCount text={props.text} n={props.total} />
      </span>
    </>
  );
}

function NoItem({ text, scope, left, batches }: QueueProps) {
  const { t, number } = text;
  if (scope.after !== null && left !== 0) {
    return (
      <section class="sheet stack queue-end">
        <p>{left === null ? t("review.endPlain") : t("review.end", { n: number(left) })}</p>
        <p>
          <a class="button" href={queuePath({ ...scope, after: null })}>
            {t("review.again")}
          </a>
        </p>
      </section>
    );
  }
  const isBatchOnly = scope.state === "suspect" && batches.length > 0;
  return (
    <section class="sheet stack queue-end">
      {isBatchOnly ? (
        <p>{t("review.emptySingle")}</p>
      ) : (
        <>
          <h2>{t("review.empty")}</h2>
          <p class="soft">{t("review.emptyText")}</p>
        </>
      )}
    </section>
  );
}
