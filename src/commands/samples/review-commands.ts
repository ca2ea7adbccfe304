import { COMMAND_LINE } from "../../domain/actor.ts";
import type { Sample } from "../../domain/sample.ts";
import type { IN_REVIEW, ReviewCounts } from "../../domain/samples/review.ts";
import type { Store } from "../../domain/store.ts";
import { ConflictError, NotFoundError } from "../../lib/errors.ts";
import { loadProject, openProjectStore, type ProjectOptions } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";

/** A sample in review, or a pinned one, as `--json` prints it. */
export interface ReviewedSample {
  id: string;
  label: string | null;
  state: Sample["state"];
  review: {
    state: Sample["review"]["state"];
    run_id: string | null;
    reading: string | null;
    p: number | null;
  };
  writer: string | null;
  created_at: string;
}

/** The labels in review that a command is about: samples by id, or all that a run has put there. */
export type Reviewed = { ids: readonly string[] } | { runId: string };

/** The operations of `tegaki samples pin`, `unpin`, `pinned` and `review`. */
export interface ReviewCommands {
  /** Pins drawings, or releases them: all of them or, when one cannot be, none. */
  pin(options: ProjectOptions & { ids: readonly string[]; isPinned: boolean }): Promise<ReviewedSample[]>;
  pinned(options: ProjectOptions): Promise<ReviewedSample[]>;
  list(
    options: ProjectOptions & {
      state: (typeof IN_REVIEW)[number];
      runId?: string | undefined;
      limit?: number | undefined;
    },
  ): Promise<{ counts: ReviewCounts; samples: ReviewedSample[] }>;
  /** @returns the number of labels. */
  confirm(options: ProjectOptions & Reviewed): Promise<number>;
  withdraw(options: ProjectOptions & Reviewed): Promise<number>;
}

/** Creates the operations on labels in review and on pinned drawings. */
export function reviewCommands(runtime: Runtime): ReviewCommands {
  async function withStore<T>(options: ProjectOptions, use: (store: Store) => Promise<T>): Promise<T> {
    const store = await openProjectStore(runtime, await loadProject(runtime, options));
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  }

  return {
    pin: (options) =>
      withStore(options, async ({ samples }) => {
        // All are checked before the first is changed.
        const found = await existing(samples, options.ids);
        const other = found.find(({ state }) => state !== "labelled");
        if (options.isPinned && other !== undefined) {
          throw new ConflictError(
            `Sample ${other.id} cannot be pinned: only a labelled drawing can be, and this one is ${other.state}. Nothing was pinned`,
          );
        }
        const changed: ReviewedSample[] = [];
        for (const { id } of found) {
          const sample = await samples.pin(id, options.isPinned);
          if (sample !== null) changed.push(summaryOf(sample));
        }
        return changed;
      }),
    pinned: (options) => withStore(options, async ({ samples }) => (await samples.pinned()).map(summaryOf)),
    list: (options) =>
      withStore(options, async ({ samples }) => {
        const { state, runId, limit } = options;
        const page = await samples.inReview({
          state,
          ...(runId !== undefined && { runId }),
          ...(limit !== undefined && { limit }),
        });
        return { counts: await samples.reviewCounts(), samples: page.samples.map(summaryOf) };
      }),
    confirm: (options) =>
      withStore(options, async (store) => {
        const { samples } = store;
        if ("runId" in options) return samples.confirm({ runId: await existingRun(store, options.runId) });
        const found = await changeable(samples, options.ids);
        for (const { id } of found) await samples.confirm({ id });
        return found.length;
      }),
    withdraw: (options) =>
      withStore(options, async (store) => {
        const { samples } = store;
        if ("runId" in options)
          return samples.rejectHeld(await existingRun(store, options.runId), COMMAND_LINE);
        const found = await changeable(samples, options.ids);
        for (const { id } of found) await samples.update(id, { state: "rejected" }, COMMAND_LINE);
        return found.length;
      }),
  };
}

/** @throws NotFoundError for the first id without a sample. */
async function existing(samples: Store["samples"], ids: readonly string[]): Promise<Sample[]> {
  const found: Sample[] = [];
  for (const id of new Set(ids)) {
    const sample = await samples.get(id);
    if (sample === null) throw new NotFoundError(`There is no sample ${id}. Nothing was changed`);
    found.push(sample);
  }
  return found;
}

/** @throws ConflictError for the first sample that is pinned, or has no label in use. */
async function changeable(samples: Store["samples"], ids: readonly string[]): Promise<Sample[]> {
  const found = await existing(samples, ids);
  for (const { id, state, review } of found) {
    if (state !== "labelled") {
      throw new ConflictError(`Sample ${id} has no label in use: it is ${state}. Nothing was changed`);
    }
    if (review.state === "pinned") {
      throw new ConflictError(
        `Sample ${id} is pinned, so it cannot be changed. Release it first: tegaki samples unpin ${id}. Nothing was changed`,
      );
    }
  }
  return found;
}

async function existingRun({ runs }: Store, runId: string): Promise<string> {
  const run = await runs.get(runId);
  if (run === null) throw new NotFoundError(`There is no run ${runId}`);
  return run.id;
}

function summaryOf({ id, label, state, review, writer, createdAt }: Sample): ReviewedSample {
  const { state: reviewState, runId, reading, p } = review;
  return {
    ...{ id, label, state, writer, created_at: createdAt },
    review: { state: reviewState, run_id: runId, reading, p },
  };
}
