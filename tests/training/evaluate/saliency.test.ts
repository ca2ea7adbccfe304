import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { activationsOf } from "../../../src/training/evaluate/activations.ts";
import { saliencyOf } from "../../../src/training/evaluate/saliency.ts";
import { architecture } from "../../../src/training/model/architectures.ts";
import { logits } from "../../../src/training/model/forward.ts";
import { createModel } from "../../../src/training/model/layers-model.ts";

const [ROWS, COLS, K] = [16, 18, 3];

let backend: Backend;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

function imageOf(seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: ROWS * COLS }, () => random.next());
}

function logitOf(model: tf.Sequential, image: Float32Array, label: number): number {
  return tf.tidy(() => logits(model, tf.tensor4d(image, [1, ROWS, COLS, 1]), null).dataSync()[label]!);
}

/** The slow reference: (logit with more ink − logit with less ink) / 2ε at one pixel. */
function centralDifference(model: tf.Sequential, image: Float32Array, label: number, i: number): number {
  const epsilon = 5e-4;
  const [more, less] = [epsilon, -epsilon].map((change) => {
    const moved = image.slice();
    moved[i] = moved[i]! + change;
    return logitOf(model, moved, label);
  });
  return (more! - less!) / (2 * epsilon);
}

describe.each(["tegaki_cnn", "keras_mnist_cnn"])("saliencyOf() of %s", (name) => {
  test("agrees with central differences of the logit within 2 % of the greatest gradient, at 40 pixels", () => {
    const model = createModel(architecture(name, ROWS, COLS, K), createRandom(1));
    const image = imageOf(2);
    const saliency = saliencyOf(model, image, ROWS, COLS, 1);
    const greatest = Math.max(...saliency.map(Math.abs));
    expect(greatest).toBeGreaterThan(0);
    const errors = Array.from({ length: 40 }, (_, n) => {
      const i = (n * 37) % image.length;
      return Math.abs(saliency[i]! - centralDifference(model, image, 1, i));
    });
    // A relu may turn on or off within ε: a few pixels may be off, by less than a tenth.
    expect(errors.filter((error) => error > 0.02 * greatest).length).toBeLessThanOrEqual(4);
    expect(Math.max(...errors)).toBeLessThan(0.1 * greatest);
    model.dispose();
  });

  test("leaves no tensor behind, and neither does activationsOf()", () => {
    const model = createModel(architecture(name, ROWS, COLS, K), createRandom(1));
    const before = tf.memory().numTensors;
    saliencyOf(model, imageOf(3), ROWS, COLS, 0);
    activationsOf(model, imageOf(3), ROWS, COLS);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test("activationsOf() gives every convolution's maps and the dense units, as the layers themselves compute them", () => {
    const model = createModel(architecture(name, ROWS, COLS, K), createRandom(4));
    const image = imageOf(5);
    const found = activationsOf(model, image, ROWS, COLS);
    const shown = model.layers
      .slice(0, -1)
      .filter((layer) => ["Conv2D", "Dense"].includes(layer.getClassName()));
    expect(found.map((layer) => layer.name)).toEqual(shown.map((layer) => layer.name));
    const last = found.at(-1)!;
    expect([last.rows, last.cols, last.values.length]).toEqual([1, 1, last.count]);
    const first = found[0]!;
    const expected = tf.tidy(() => {
      const y = model.layers[0]!.apply(tf.tensor4d(image, [1, ROWS, COLS, 1])) as tf.Tensor4D;
      return { shape: y.shape, values: y.dataSync() };
    });
    const [, H, W, C] = expected.shape;
    expect([first.rows, first.cols, first.count]).toEqual([H!, W!, C!]);
    for (const [map, y, x] of [
      [0, 0, 0],
      [C! - 1, H! - 1, W! - 1],
      [3, 5, 7],
    ] as const) {
      const value = first.values[(map * H! + y) * W! + x]!;
      expect(value).toBeCloseTo(expected.values[(y * W! + x) * C! + map]!, 5);
    }
    model.dispose();
  });
});
