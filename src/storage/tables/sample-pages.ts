import type { Sample } from "../../domain/sample.ts";
import type { SampleStore } from "../../domain/store.ts";

/** Number of samples that are in memory at a time. */
const PAGE = 500;

/** Iterates over every sample, oldest first, page by page, so that writes come in between. */
export async function* iterateSamples(samples: Pick<SampleStore, "pageAfter">): AsyncGenerator<Sample> {
  let after: string | null = null;
  while (true) {
    const page: Sample[] = await samples.pageAfter(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
