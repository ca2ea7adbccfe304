import type { ImageSet } from "../../digits/types.ts";
import { labelByClass, splitAtRandom } from "../image-sets.ts";

/** MNIST as its files have it: labels are digits. */
export interface MnistData {
  train: ImageSet;
  test: ImageSet;
}

/** Drawings labelled by people: labels are indices of classes. */
export interface AppData {
  train: ImageSet;
  holdout: ImageSet;
}

/** Images without their labels. */
export type Images = Omit<ImageSet, "labels">;

export interface SplitMnistInputs {
  mnist_data: MnistData;
  classes: readonly string[];
  /** Share of the 60,000 training images that validates, in [0, 1). */
  validation_split: number;
  seed: number;
}

/** MNIST's training images in two parts drawn by the seed, and its test images as they are. */
export function splitMnist({ mnist_data, classes, validation_split, seed }: SplitMnistInputs): {
  train: ImageSet;
  valid: ImageSet | null;
  test: ImageSet;
} {
  const [train, valid] = splitAtRandom(labelByClass(mnist_data.train, classes), validation_split, seed);
  return { train, valid, test: labelByClass(mnist_data.test, classes) };
}

/** The drawings to train on as images and labels, and those kept aside to judge with. */
export function splitDrawings({ train, holdout }: AppData): {
  app_x: Images;
  app_y: Uint8Array;
  app_holdout: ImageSet;
} {
  const { labels, ...images } = train;
  return { app_x: images, app_y: labels, app_holdout: holdout };
}
