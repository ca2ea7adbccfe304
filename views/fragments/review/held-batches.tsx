/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateSentence } from "../../../src/domain/gate.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { checkWords } from "../models/gate-words.ts";
import { shortId } from "../runs/run-words.ts";
import { queuePath } from "./queue-path.ts";

/** A batch that is held as a whole. */
export interface HeldBatch {
  runId: string;
  /** Labels of the batch in review. */
  n: number;
  /** Why the batch is held as a whole; empty when only some writers' labels are; null when the report is gone. */
  reasons: readonly GateSentence[] | null;
}

/** The batches that are held as a whole. */
export interface HeldBatchesProps {
  text: Text;
  batches: readonly HeldBatch[];
  /** Number of older batches that are not shown. */
  more: number;
}

/** Batches in review, each with its reason and what can be done about it. */
export function HeldBatches({ text, batches, more }: HeldBatchesProps) {
  const { t, number } = text;
  return (
    <section class="stack" aria-labelledby="batches-title">
      <h2 id="batches-title">{t("review.batches")}</h2>
      <p class="soft">{t("review.batchesText")}</p>
      {batches.map((batch) => (
        <Batch text={text} batch={batch} />
      ))}
      {more === 0 ? null : <p class="soft">{t("review.batch.more", { n: number(more) })}</p>}
    </section>
  );
}

function Batch({ text, batch }: { text: Text; batch: HeldBatch }) {
  const { t, number } = text;
  const { runId, n } = batch;
  const run = encodeURIComponent(runId);
  return (
    <article class="sheet stack batch" aria-labelledby={`batch-${runId}`}>
      <h3 id={`batch-${runId}`}>{t("review.batch.title", { run: shortId(runId) })}</h3>
      <div class="stack-tight">
        <p>
          <strong>{t("review.batch.labels", { n: number(n) })}</strong>
        </p>
        {reasonsOf(text, batch).map((reason) => (
          <p>{reason}</p>
        ))}
      </div>
      <p class="batch-links">
        <a href={queuePath({ state: "held", runId, after: null })}>{t("review.batch.each")}</a>
        <a href={`/runs/${run}`}>{t("review.batch.openRun")}</a>
      </p>
      <div class="batch-actions">
        {(["confirm", "withdraw"] as const).map((action) => (
          <Ask
            text={text}
            id={`batch-${action}-${runId}`}
            opener={t(`review.batch.${action}`)}
            title={t(`review.batch.${action}Title`, { n: number(n) })}
            action={`/label/batches/${run}/${action}`}
            confirm={t(`review.batch.${action}Now`)}
            target="#queue"
            isGrave={action === "withdraw"}
          >
            <p>{t(`review.batch.${action}Text`)}</p>
          </Ask>
        ))}
      </div>
    </article>
  );
}

function reasonsOf(text: Text, { reasons }: HeldBatch): string[] {
  if (reasons === null) return [text.t("review.batch.unknown")];
  if (reasons.length === 0) return [text.t("review.batch.writers")];
  return reasons.map((reason) => checkWords(text, reason));
}
