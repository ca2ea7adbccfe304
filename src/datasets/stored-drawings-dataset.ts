import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { Sample } from "../domain/sample.ts";
import { IN_REVIEW } from "../domain/samples/review.ts";
import type { StoredDrawings } from "../domain/samples/stored-drawings.ts";
import type { SampleStore } from "../domain/store.ts";
import type { Dataset } from "../engine/catalog/dataset.ts";
import { DatasetError } from "../engine/errors.ts";

/** Samples that are read at once. */
const PAGE = 500;

/** Every drawing of the sample store that is not withdrawn, as a dataset. Read-only. */
export class StoredDrawingsDataset implements Dataset<StoredDrawings> {
  readonly #samples: Pick<SampleStore, "pageAfter" | "latestId">;

  constructor(samples: Pick<SampleStore, "pageAfter" | "latestId">) {
    this.#samples = samples;
  }

  async load(): Promise<StoredDrawings> {
    const lastArrival = await this.#samples.latestId();
    const pages: Uint8Array[] = [];
    const ids: string[] = [];
    const labels: (string | null)[] = [];
    const doubts: number[] = [];
    for (let after: string | null = null; ; ) {
      const page: Sample[] = await this.#samples.pageAfter(after, PAGE);
      if (page.length === 0) break;
      after = page.at(-1)!.id;
      const used = page.filter(({ state }) => state !== "rejected");
      pages.push(imagesOf(used));
      for (const sample of used) {
        ids.push(sample.id);
        labels.push(sample.label);
        doubts.push(Number(isInDoubt(sample)));
      }
    }
    const images = new Uint8Array(ids.length * IMAGE_PIXELS);
    let at = 0;
    for (const page of pages) {
      images.set(page, at);
      at += page.length;
    }
    const isDoubtful = Uint8Array.from(doubts);
    return { lastArrival, rows: IMAGE_ROWS, cols: IMAGE_COLS, images, ids, labels, isDoubtful };
  }

  async save(): Promise<void> {
    throw new DatasetError(
      "datasets of type samples are read-only. Add labels on the Draw page or through the API",
    );
  }

  async exists(): Promise<boolean> {
    return true;
  }

  describe(): Record<string, unknown> {
    return { type: "samples", include: "all" };
  }
}

function imagesOf(samples: readonly Sample[]): Uint8Array {
  const images = new Uint8Array(samples.length * IMAGE_PIXELS);
  for (const [i, { id, pixels }] of samples.entries()) {
    if (pixels.length !== IMAGE_PIXELS) {
      throw new DatasetError(`sample ${id} has ${pixels.length} pixels, expected ${IMAGE_PIXELS}`);
    }
    images.set(pixels, i * IMAGE_PIXELS);
  }
  return images;
}

function isInDoubt({ label, predicted, review }: Sample): boolean {
  const isInReview = IN_REVIEW.some((state) => state === review.state);
  return isInReview || (label !== null && predicted !== null && predicted !== label);
}
