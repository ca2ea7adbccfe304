import { afterAll, beforeAll, expect, test } from "bun:test";
import { rasterise } from "../../../src/digits/rasterise.ts";
import { type ImageSet, NO_CLASS } from "../../../src/domain/image-set.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import type { Training } from "../../../src/training/training.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { templateModel } from "../../support/models.ts";

let backend: Backend;
let training: Training;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
  training = createTraining(backend);
});
afterAll(() => backend.dispose());

const N = 300;

function drawings(): ImageSet {
  const images = new Uint8Array(N * 784);
  for (let n = 0; n < N; n++) images.set(rasterise(drawingOf(n % 10, n + 1)), n * 784);
  return { rows: 28, cols: 28, images, labels: new Uint8Array(N).fill(NO_CLASS) };
}

test("embed() returns the inputs of the last layer, which of a model with one layer are the images, and its probabilities", async () => {
  const [model, set] = [templateModel(20), drawings()];
  const { features, width, probabilities } = await training.embed(model, set);
  expect(width).toBe(784);
  expect(features.length).toBe(N * 784);
  expect(features.every((value, i) => Math.abs(value - set.images[i]! / 255) < 1e-6)).toBe(true);
  expect(probabilities).toEqual(await training.probabilities(model, set));
});

test("embed() of no images is empty, and images of another size are refused", async () => {
  const model = templateModel(20);
  const none = { rows: 28, cols: 28, images: new Uint8Array(), labels: new Uint8Array() };
  expect((await training.embed(model, none)).features.length).toBe(0);
  const small = { rows: 2, cols: 2, images: new Uint8Array(4), labels: new Uint8Array(1) };
  await expect(training.embed(model, small)).rejects.toThrow(RangeError);
});

test("embed() ends with the reason of its signal", async () => {
  const stopped = training.embed(templateModel(20), drawings(), AbortSignal.abort(new Error("cancelled")));
  await expect(stopped).rejects.toThrow("cancelled");
});
