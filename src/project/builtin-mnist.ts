import { MNIST_FILE_NAMES, type MnistFiles } from "../datasets/files/idx-dataset.ts";
import type { Embedded } from "./embedded.ts";

/** Returns the four files of MNIST in the executable, decompressed. */
export async function mnistFiles(embedded: Embedded): Promise<MnistFiles> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    embedded.mnist(MNIST_FILE_NAMES.trainImages),
    embedded.mnist(MNIST_FILE_NAMES.trainLabels),
    embedded.mnist(MNIST_FILE_NAMES.testImages),
    embedded.mnist(MNIST_FILE_NAMES.testLabels),
  ]);
  return { trainImages, trainLabels, testImages, testLabels };
}
