import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { architecture } from "../../../src/training/model/architectures.ts";
import { logits } from "../../../src/training/model/forward.ts";
import { layerShapes } from "../../../src/training/model/layer-spec.ts";
import { createModel } from "../../../src/training/model/layers-model.ts";
import { weightsOf } from "../../../src/training/model/weights.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

describe("architecture()", () => {
  test("keras_mnist_cnn has Keras's 1,199,882 weights for ten classes on 28x28", () => {
    const shapes = layerShapes(architecture("keras_mnist_cnn", 28, 28, 10)).flatMap(({ weights }) => weights);
    expect(shapes.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b), 0)).toBe(1_199_882);
  });

  test("tegaki_cnn has 197,482 weights for ten classes on 28x28", () => {
    const shapes = layerShapes(architecture("tegaki_cnn", 28, 28, 10)).flatMap(({ weights }) => weights);
    // 3·3·1·32+32 + 3·3·32·32+32 + 3·3·32·64+64 + 3·3·64·64+64 + 4·4·64·128+128 + 128·10+10
    expect(shapes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(197_482);
  });

  test("keras_mnist_cnn has fixed layer names, and one output per class, for any number of classes", () => {
    for (const K of [2, 26]) {
      const network = architecture("keras_mnist_cnn", 28, 28, K);
      expect(network.layers.map(({ name }) => name)).toEqual([
        "conv_1",
        "conv_2",
        "pool",
        "dropout_1",
        "flatten",
        "dense",
        "dropout_2",
        "predictions",
      ]);
      expect(layerShapes(network).at(-1)!.output).toEqual([K]);
    }
  });

  test("throws a UsageError with the known names when the name is unknown, even if Object has it", () => {
    for (const name of ["mlp", "toString"]) {
      expect(() => architecture(name, 28, 28, 10)).toThrow(
        `Unknown architecture "${name}": expected one of tegaki_cnn, keras_mnist_cnn`,
      );
    }
  });
});

describe("createModel()", () => {
  const network = architecture("keras_mnist_cnn", 10, 12, 3);

  test("creates exactly the shapes that layerShapes() computes", () => {
    const model = createModel(network, null);
    const shapes = layerShapes(network);
    model.layers.forEach((layer, i) => {
      expect((layer.outputShape as number[]).slice(1)).toEqual(shapes[i]!.output);
      const weights = layer.weights.map((weight) => ({ name: weight.originalName, shape: weight.shape }));
      expect(weights).toEqual(shapes[i]!.weights);
    });
    model.dispose();
  });

  test("draws kernels within Glorot's limit by the seed, and biases of 0; all are 0 without a seed", () => {
    const [one, same, other, zero] = [createRandom(1), createRandom(1), createRandom(2), null].map(
      (random) => {
        const model = createModel(network, random);
        const weights = weightsOf(model);
        model.dispose();
        return weights;
      },
    );
    expect(one).toEqual(same!);
    expect(one).not.toEqual(other!);
    expect(zero!.every((weight) => weight === 0)).toBe(true);
    // The first kernel: 3 x 3 x 1 in, 32 out.
    const limit = Math.sqrt(6 / (9 + 9 * 32));
    const kernel = one!.subarray(0, 9 * 32);
    expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel.map(Math.abs))).toBeGreaterThan(0.9 * limit);
    expect(one!.subarray(9 * 32, 10 * 32).every((bias) => bias === 0)).toBe(true);
  });

  test("logits() are the inputs of the model's softmax, within 1e-6", () => {
    const model = createModel(network, createRandom(3));
    tf.tidy(() => {
      const values = Float32Array.from({ length: 5 * 120 }, (_, i) => (i % 7) / 7);
      const x = tf.tensor4d(values, [5, 10, 12, 1]);
      const expected = (model.predictOnBatch(x) as tf.Tensor).dataSync();
      const found = tf.softmax(logits(model, x, null)).dataSync();
      found.forEach((value, i) => void expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
    });
    model.dispose();
  });

  test("logits() passes every Dropout layer's values and rate to the given dropout", () => {
    const model = createModel(network, createRandom(3));
    const rates: number[] = [];
    tf.tidy(() => {
      logits(model, tf.ones([1, 10, 12, 1]), (x, rate) => {
        rates.push(rate);
        return x;
      });
    });
    expect(rates).toEqual([0.25, 0.5]);
    model.dispose();
  });
});
