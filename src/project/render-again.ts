import { PREPROCESSING_VERSION } from "../digits/image-format.ts";
import { rasterise } from "../digits/rasterise.ts";
import type { SampleStore } from "../domain/store.ts";

/** Number of drawings of one transaction: others that write wait for some milliseconds at most. */
const BATCH = 500;

/**
 * Renders the stored drawings again that an older release has rendered, which takes a tenth of a millisecond each. An
 * interrupted call can be repeated.
 * @returns how many were rendered.
 */
export async function renderAgain(samples: Pick<SampleStore, "outdated" | "putImages">): Promise<number> {
  let count = 0;
  while (true) {
    const outdated = await samples.outdated(PREPROCESSING_VERSION, BATCH);
    if (outdated.length === 0) return count;
    const images = outdated.map(({ id, drawing }) => ({ id, pixels: rasterise(drawing) }));
    await samples.putImages(images, PREPROCESSING_VERSION);
    count += images.length;
  }
}
