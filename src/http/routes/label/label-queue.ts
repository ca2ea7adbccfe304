import type { HeldBatch } from "../../../../views/fragments/review/held-batches.tsx";
import type { QueueProps } from "../../../../views/fragments/review/queue.tsx";
import { END, type LastStep, type QueueScope } from "../../../../views/fragments/review/queue-path.ts";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import { contradicting } from "../../../domain/queue/opinion.ts";
import type { Sample } from "../../../domain/sample.ts";
import type { ReviewCounts } from "../../../domain/samples/review.ts";
import type { AppDeps } from "../../deps.ts";
import { inkUrl } from "../example-props.ts";

/** Batches that are shown; older ones follow when these are decided. */
const BATCHES = 5;

/** The props of the label queue. */
export async function queueProps(
  deps: Pick<AppDeps, "store" | "classes" | "results">,
  scope: QueueScope,
  last: LastStep | null,
): Promise<Omit<QueueProps, "text">> {
  const { samples } = deps.store;
  const [counts, page] = await Promise.all([samples.reviewCounts(), pageOf(samples, scope)]);
  const sample = page.samples[0];
  const shown = counts.batches.slice(0, BATCHES);
  return {
    classes: deps.classes,
    scope,
    total: counts.suspect + counts.held,
    left: leftIn(scope, counts),
    item: sample === undefined ? null : await itemOf(deps, sample, page.nextCursor ?? END),
    batches: await Promise.all(
      shown.map(async (batch) => ({ ...batch, reasons: await reasonsOf(deps, batch) })),
    ),
    moreBatches: counts.batches.length - shown.length,
    last,
  };
}

async function pageOf(
  samples: AppDeps["store"]["samples"],
  { state, runId, after }: QueueScope,
): Promise<{ samples: Sample[]; nextCursor: string | null }> {
  if (after === END) return { samples: [], nextCursor: null };
  return samples.inReview({
    ...{ state, limit: 1 },
    ...(runId !== null && { runId }),
    ...(after !== null && { cursor: after }),
  });
}

/** Labels in the shown part of the queue, skipped ones included; null where the store does not count them. */
function leftIn({ state, runId }: QueueScope, counts: ReviewCounts): number | null {
  if (runId === null) return counts[state];
  if (state === "suspect") return null;
  return counts.batches.find((batch) => batch.runId === runId)?.held ?? 0;
}

async function itemOf(
  { store }: Pick<AppDeps, "store">,
  sample: Sample,
  next: string,
): Promise<QueueProps["item"]> {
  const { id, label, review, drawing, pixels, writer, createdAt } = sample;
  const opinions = contradicting(await store.opinions.ofSample(id), label).map(({ answer }) => answer);
  return {
    ...{ id, label: label ?? "", drawing, writer, createdAt, opinions },
    ...{ by: review.by ?? "model", leftBy: review.leftBy, reading: readingOf(sample), p: review.p },
    src: inkUrl(pixels, IMAGE_ROWS, IMAGE_COLS),
    runId: review.runId,
    next,
  };
}

/** The class that a model predicted: screening's, or where a person came before it, that of when it was drawn. */
export function readingOf({ review, predicted }: Sample): string | null {
  return review.runId === null ? predicted : review.reading;
}

async function reasonsOf(
  { results }: Pick<AppDeps, "results">,
  { runId }: { runId: string },
): Promise<HeldBatch["reasons"]> {
  const report = (await results?.screening(runId)) ?? null;
  if (report === null) return null;
  return [report.train.reason, report.holdout.reason].filter((reason) => reason !== null);
}
