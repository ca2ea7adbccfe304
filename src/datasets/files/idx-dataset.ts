import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ImageSet } from "../../domain/image-set.ts";
import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { parseIdxPair } from "../formats/idx.ts";
import { readUnpacked } from "../images/unpack.ts";

/** MNIST's images. The labels are the digits themselves; the pipeline converts them to indices of its classes. */
export interface MnistData {
  train: ImageSet;
  test: ImageSet;
}

/** The content of MNIST's four files. */
export interface MnistFiles {
  trainImages: Uint8Array;
  trainLabels: Uint8Array;
  testImages: Uint8Array;
  testLabels: Uint8Array;
}

/** The published name of each file. */
export const MNIST_FILE_NAMES = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
} as const satisfies Record<keyof MnistFiles, string>;

/** Reads the four files of a directory, each also as `.gz`. @throws DatasetError naming the one that cannot be read. */
export async function readMnistFiles(directory: string): Promise<MnistFiles> {
  const read = async (name: string) => {
    const path = join(directory, name);
    const isThere = await Bun.file(path).exists();
    try {
      return await readUnpacked(isThere ? path : `${path}.gz`);
    } catch (error) {
      const reason = isThere ? messageOf(error) : "it does not exist, and neither does its .gz";
      throw new DatasetError(`${path} cannot be read: ${reason}`, { cause: error });
    }
  };
  const { trainImages, trainLabels, testImages, testLabels } = MNIST_FILE_NAMES;
  return {
    trainImages: await read(trainImages),
    trainLabels: await read(trainLabels),
    testImages: await read(testImages),
    testLabels: await read(testLabels),
  };
}

/** MNIST as raw IDX files, from a directory or from the executable. Read-only. */
export class IdxDataset implements Dataset<MnistData> {
  readonly #read: () => Promise<MnistFiles>;
  readonly #description: Readonly<Record<string, unknown>>;

  constructor(read: () => Promise<MnistFiles>, description: Readonly<Record<string, unknown>>) {
    this.#read = read;
    this.#description = description;
  }

  async load(): Promise<MnistData> {
    const files = await this.#read();
    const file = (key: keyof MnistFiles) => ({ name: MNIST_FILE_NAMES[key], bytes: files[key] });
    return {
      train: parseIdxPair(file("trainImages"), file("trainLabels")),
      test: parseIdxPair(file("testImages"), file("testLabels")),
    };
  }

  async save(): Promise<void> {
    throw new DatasetError("datasets of type idx are read-only");
  }

  async exists(): Promise<boolean> {
    return this.#read().then(
      () => true,
      () => false,
    );
  }

  /** Returns the SHA-256 of the four files, lower-case hex. */
  async fingerprint(): Promise<string | null> {
    const files = await this.#read().catch(() => null);
    if (files === null) return null;
    const hash = createHash("sha256");
    for (const key of Object.keys(MNIST_FILE_NAMES) as (keyof MnistFiles)[]) {
      hash.update(`${key} ${files[key].length}\n`).update(files[key]);
    }
    return hash.digest("hex");
  }

  describe(): Record<string, unknown> {
    return { ...this.#description };
  }
}
