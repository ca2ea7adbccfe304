import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { SampleOutline, SheetStore } from "../domain/samples/sheet/sheet-store.ts";
import type { StoredDrawings } from "../domain/samples/stored-drawings.ts";
import type { SampleStore } from "../domain/store.ts";
import type { Dataset } from "../engine/catalog/dataset.ts";
import { DatasetError } from "../engine/errors.ts";

/** Samples that are read at once without their images: the store answers others in between. */
const OUTLINES = 5_000;
/** Images that are read at once. */
const IMAGES = 500;

/** The parts of the store that the dataset reads. */
export interface StoredDrawingsSource {
  samples: Pick<SampleStore, "latestId">;
  sheet: Pick<SheetStore, "outlinesAfter" | "images">;
}

/** Every drawing of the sample store that is not withdrawn, as a dataset. Images are loaded as they are needed. Read-only. */
export class StoredDrawingsDataset implements Dataset<StoredDrawings> {
  readonly #source: StoredDrawingsSource;

  constructor(source: StoredDrawingsSource) {
    this.#source = source;
  }

  async load(): Promise<StoredDrawings> {
    const lastArrival = await this.#source.samples.latestId();
    const ids: string[] = [];
    const labels: (string | null)[] = [];
    const doubts: number[] = [];
    for (let after: string | null = null; ; ) {
      const page: SampleOutline[] = await this.#source.sheet.outlinesAfter(after, OUTLINES);
      for (const { id, label, isDoubtful } of page) {
        ids.push(id);
        labels.push(label);
        doubts.push(Number(isDoubtful));
      }
      if (page.length < OUTLINES) break;
      after = page.at(-1)!.id;
    }
    return {
      ...{ lastArrival, rows: IMAGE_ROWS, cols: IMAGE_COLS, ids, labels },
      isDoubtful: Uint8Array.from(doubts),
      loadImages: (some) => this.#images(some),
    };
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

  async #images(ids: readonly string[]): Promise<(Uint8Array | null)[]> {
    const images: (Uint8Array | null)[] = [];
    for (let start = 0; start < ids.length; start += IMAGES) {
      const page = ids.slice(start, start + IMAGES);
      images.push(...(await this.#source.sheet.images(page)).map((image, i) => checked(page[i]!, image)));
    }
    return images;
  }
}

function checked(id: string, image: Uint8Array | null): Uint8Array | null {
  if (image === null || image.length === IMAGE_PIXELS) return image;
  throw new DatasetError(`sample ${id} has ${image.length} pixels, expected ${IMAGE_PIXELS}`);
}
