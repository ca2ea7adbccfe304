import { MNIST_FILE_NAMES } from "../datasets/files/idx-dataset.ts";
import { parseIdxImages } from "../datasets/formats/idx.ts";
import { IMAGE_PIXELS } from "../digits/image-format.ts";
import type { ModelReference } from "../domain/monitoring/reference.ts";
import type { Sample } from "../domain/sample.ts";
import { IN_REVIEW } from "../domain/samples/review.ts";
import type { Store } from "../domain/store.ts";
import { syntheticDigits } from "../synthesis/synthetic-set.ts";
import type { Embedded } from "./embedded.ts";

/** Images of a reference: enough that chance moves the stability index by 0.03 at most. */
const REFERENCE_IMAGES = 1_000;
/** With fewer drawings than this, a reference is filled up with built-in images. */
const MIN_DRAWINGS = 200;
/** Without built-in images, no reference is made of fewer drawings than this. */
const MIN_DRAWINGS_ALONE = 100;
/** Reviews of labels that no run trains on. */
const REVIEWED_APART = [...IN_REVIEW, "pinned"] as const;
/** Pages of samples, 200 each, that are searched for drawings that the run has seen. */
const MAX_PAGES = 25;
const PAGE = 200;
/** Not the seed of a training run, so no drawing is one that a model was trained on. */
const SEED = 1_006_977;
/** Synthetic digits that are drawn in one go: 7 ms of the thread that answers requests. */
const CHUNK = 20;

/** Images that a version's predictions are compared with. */
type Images = Pick<ModelReference, "source" | "drawings" | "builtIn"> & {
  images: Uint8Array[];
  scans: Uint8Array[];
};

/**
 * Returns the images of a version's reference: the newest 1,000 labelled drawings on the training side that its run had
 * seen. With fewer than 200, it is filled up to 1,000 with synthetic digits, which are rendered as drawings are, and the
 * first MNIST test images, as scans, half each, if digits are among the classes.
 *
 * @param pause lets requests in between two pieces of the work.
 * @returns null when that gives fewer than 100 drawings of other classes.
 */
export async function referenceImages(
  store: Store,
  embedded: Embedded,
  classes: readonly string[],
  modelVersion: number,
  pause: () => Promise<unknown>,
): Promise<Images | null> {
  const drawings = await drawingsSeenBy(store, modelVersion);
  const { length } = drawings;
  const training = {
    source: "training",
    drawings: length,
    builtIn: 0,
    images: drawings,
    scans: [],
  } satisfies Images;
  if (length >= MIN_DRAWINGS) return training;
  const isDigits = classes.some((name) => /^\d$/.test(name));
  if (!isDigits) return length < MIN_DRAWINGS_ALONE ? null : training;
  const builtIn = REFERENCE_IMAGES - length;
  const scans = await mnistImages(embedded, Math.floor(builtIn / 2));
  const synthetic = await syntheticImages(classes, builtIn - scans.length, pause);
  const source = length === 0 ? "built_in" : "both";
  return { source, drawings: length, builtIn, images: [...drawings, ...synthetic], scans };
}

/** The pixels of the newest drawings that a version's run was trained on; none for a version without a run. */
async function drawingsSeenBy(store: Store, modelVersion: number): Promise<Uint8Array[]> {
  const model = await store.models.get(modelVersion);
  const run = model?.runId == null ? null : await store.runs.get(model.runId);
  const last = run?.lastSampleId ?? null;
  if (last === null) return [];
  const found: Uint8Array[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && found.length < REFERENCE_IMAGES; page++) {
    const query = { state: "labelled", split: "train", limit: PAGE } as const;
    const { samples, nextCursor } = await store.samples.list({
      ...query,
      ...(cursor !== undefined && { cursor }),
    });
    // What waits for a person, and what is pinned, was not trained on.
    const isUsed = ({ arrival, review }: Sample) =>
      arrival <= last && !REVIEWED_APART.some((state) => state === review.state);
    found.push(...samples.filter(isUsed).map(({ pixels }) => pixels));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found.slice(0, REFERENCE_IMAGES);
}

async function mnistImages(embedded: Embedded, count: number): Promise<Uint8Array[]> {
  const name = MNIST_FILE_NAMES.testImages;
  const { images } = parseIdxImages(await embedded.mnist(name), name);
  return split(images.slice(0, count * IMAGE_PIXELS));
}

async function syntheticImages(
  classes: readonly string[],
  count: number,
  pause: () => Promise<unknown>,
): Promise<Uint8Array[]> {
  const images: Uint8Array[] = [];
  for (let chunk = 0; images.length < count; chunk++) {
    await pause();
    const size = Math.min(CHUNK, count - images.length);
    images.push(...split(syntheticDigits(size, classes, SEED + chunk).images));
  }
  return images;
}

function split(images: Uint8Array): Uint8Array[] {
  return Array.from({ length: images.length / IMAGE_PIXELS }, (_, n) =>
    images.slice(n * IMAGE_PIXELS, (n + 1) * IMAGE_PIXELS),
  );
}
