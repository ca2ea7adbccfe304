import { createHash } from "node:crypto";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import { type ImageSet, NO_CLASS } from "../domain/image-set.ts";
import type { Sample } from "../domain/sample.ts";
import type { AppData, SampleRef } from "../domain/samples/app-data.ts";
import type { SampleStore } from "../domain/store.ts";
import type { Dataset } from "../engine/catalog/dataset.ts";
import { DatasetError } from "../engine/errors.ts";

/** The stored drawings, by how they are used. */
export interface StoredAppData extends AppData {
  /** The `arrival` of the newest sample when loading started: later samples have not been seen. */
  lastSampleId: string | null;
}

/** The sample store as a dataset. Read-only. */
export class SamplesDataset implements Dataset<StoredAppData> {
  readonly #samples: SampleStore;
  readonly #classes: readonly string[];

  constructor(samples: SampleStore, classes: readonly string[]) {
    this.#samples = samples;
    this.#classes = classes;
  }

  async load(): Promise<StoredAppData> {
    // First, so that a sample that arrives in the meantime counts as not seen.
    const lastSampleId = await this.#samples.latestId();
    const isSeen = ({ arrival }: Sample) => lastSampleId !== null && arrival <= lastSampleId;
    const train = (await this.#samples.all("train")).filter(isSeen);
    const holdout = (await this.#samples.all("holdout")).filter(isSeen);
    const negatives = (await this.#samples.negatives("train")).filter(isSeen);
    return {
      train: this.#toImageSet(train),
      groups: groupsOf(train),
      holdout: this.#toImageSet(holdout),
      holdoutGroups: groupsOf(holdout),
      negatives: negativesOf(negatives),
      pinned: this.#toImageSet(await this.#samples.pinned()),
      samples: {
        train: train.map(refOf),
        holdout: holdout.map(refOf),
        negatives: negatives.map(({ id }) => id),
      },
      lastSampleId,
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

  /**
   * Returns the SHA-256 of everything that `load` would return: labels can be corrected, so ids are not enough. That a
   * label has passed screening is left out: the next run would give the same result.
   */
  async fingerprint(): Promise<string | null> {
    const hash = createHash("sha256").update(JSON.stringify(this.#classes));
    for (const split of ["train", "holdout"] as const) {
      for (const { id, label, pixels, review } of await this.#samples.all(split)) {
        const isConfirmed = review.state === "confirmed" ? " confirmed" : "";
        hash.update(`${split} ${id} ${label} ${pixels.length}${isConfirmed}\n`).update(pixels);
      }
    }
    for (const { id, label, pixels } of await this.#samples.pinned()) {
      hash.update(`pinned ${id} ${label} ${pixels.length}\n`).update(pixels);
    }
    for (const { id, pixels } of await this.#samples.negatives("train")) {
      hash.update(`negative ${id} ${pixels.length}\n`).update(pixels);
    }
    return hash.digest("hex");
  }

  describe(): Record<string, unknown> {
    return { type: "samples" };
  }

  #toImageSet(samples: readonly Sample[]): ImageSet {
    const images = new Uint8Array(samples.length * IMAGE_PIXELS);
    const labels = new Uint8Array(samples.length);
    const indexOf = new Map(this.#classes.map((label, index) => [label, index]));
    for (const [i, { id, label, pixels }] of samples.entries()) {
      const index = label === null ? undefined : indexOf.get(label);
      if (index === undefined) {
        throw new DatasetError(
          `sample ${id} is labelled "${label}", which is not one of the classes (${this.#classes.join(", ")}). ` +
            "Correct or reject the sample, or add the class to parameters.yml",
        );
      }
      if (pixels.length !== IMAGE_PIXELS) {
        throw new DatasetError(`sample ${id} has ${pixels.length} pixels, expected ${IMAGE_PIXELS}`);
      }
      images.set(pixels, i * IMAGE_PIXELS);
      labels[i] = index;
    }
    return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
  }
}

function refOf({ id, review }: Sample): SampleRef {
  return { id, isScreened: review.state !== null };
}

function negativesOf(samples: readonly Sample[]): ImageSet {
  const images = new Uint8Array(samples.length * IMAGE_PIXELS);
  for (const [i, { pixels }] of samples.entries()) images.set(pixels, i * IMAGE_PIXELS);
  return {
    rows: IMAGE_ROWS,
    cols: IMAGE_COLS,
    images,
    labels: new Uint8Array(samples.length).fill(NO_CLASS),
  };
}

/** Numbers the groups: one per writer, otherwise per session; a drawing with neither is a separate group. */
function groupsOf(samples: readonly Sample[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(samples, ({ id, writer, session }) => {
    const group = writer !== null ? `writer:${writer}` : session !== null ? `session:${session}` : id;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}
