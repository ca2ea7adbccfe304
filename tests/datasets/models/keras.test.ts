import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sequentialTopology } from "../../../src/datasets/models/keras-topology.ts";
import { modelFromBytes, readModelFiles } from "../../../src/datasets/models/model-files.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { fromArtifacts } from "../../../src/training/model/artifacts.ts";

/*
 * Written by Keras 2.15 with tensorflowjs 4.17 (`save_keras_model`, with quantization_dtype_map for uint8 and float16),
 * and by Keras 3.15 (`model.to_json()` and its weights in the converter's frame); expected.json has Keras's own
 * predictions, of float32, for the two images of `pixel(i)`.
 */
const FIXTURES = join(import.meta.dir, "../../fixtures");
const pixel = (i: number) => ((i * 7919) % 256) / 255;

let backend: Backend;
beforeAll(async () => {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  backend = await initBackend({ threads: 1, workerUrl });
});
afterAll(() => backend.dispose());

test.each([
  ["keras2-sequential-float32", 5],
  ["keras2-functional-float32", 5],
  ["keras3-sequential-float32", 5],
  ["keras3-functional-float32", 5],
  ["keras2-functional-float16", 3],
  ["keras2-sequential-uint8", 2],
  ["keras2-functional-uint8", 2],
])("%s predicts what Keras predicts, to %d decimals, as a model of the digits", async (name, decimals) => {
  const directory = join(FIXTURES, "keras", name);
  const artifacts = await readModelFiles(directory);
  expect(artifacts.userDefinedMetadata).toMatchObject({ rows: 28, cols: 28, architecture: "converted" });
  expect(artifacts.userDefinedMetadata.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  const model = fromArtifacts(artifacts);
  const images = Float32Array.from({ length: 2 * 784 }, (_, i) => pixel(i));
  const found = tf.tidy(() =>
    (model.predictOnBatch(tf.tensor(images, [2, 28, 28, 1])) as tf.Tensor).dataSync().slice(),
  );
  model.dispose();
  const expected = ((await Bun.file(join(directory, "expected.json")).json()) as { y: number[][] }).y.flat();
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, decimals);
});

test.each(["keras-seq", "keras-inputlayer"])("%s is read as the network that it wraps", async (name) => {
  const directory = await mkdtemp(join(tmpdir(), "tegaki-keras-"));
  try {
    const base = join(import.meta.dir, "../../../conf/base/model");
    await cp(join(FIXTURES, "cases", name, "model.json"), join(directory, "model.json"));
    await cp(join(base, "weights.bin"), join(directory, "weights.bin"));
    const read = fromArtifacts(await readModelFiles(directory));
    const plain = fromArtifacts(await readModelFiles(base));
    expect(read.layers.map(({ name: layer }) => layer)).toEqual(plain.layers.map(({ name: layer }) => layer));
    read.dispose();
    plain.dispose();
  } finally {
    await rm(directory, { recursive: true });
  }
});

const layer = (name: string, ...inputs: string[]) => ({
  class_name: inputs.length === 0 ? "InputLayer" : "Dense",
  name,
  config: { name, batch_input_shape: [null, 28, 28, 1] },
  inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
});
const functional = (...layers: object[]) => ({ class_name: "Functional", config: { layers } });

test("sequentialTopology() follows the links of a Functional model, whatever the order of its layers", () => {
  const topology = sequentialTopology(functional(layer("c", "b"), layer("a"), layer("b", "a")));
  expect(topology.class_name).toBe("Sequential");
  expect(
    (topology.config as { layers: { config: object }[] }).layers.map(({ config }) => config),
  ).toMatchObject([{ name: "b", batch_input_shape: [null, 28, 28, 1] }, { name: "c" }]);
});

test.each([
  ["branches", functional(layer("a"), layer("b", "a"), layer("c", "a")), /branch/],
  ["merges", functional(layer("a"), layer("b", "a"), layer("c", "a", "b")), /branch/],
  ["has two inputs", functional(layer("a"), layer("b")), /branch/],
  ["goes in a circle", functional(layer("a"), layer("b", "c"), layer("c", "b")), /do not form one chain/],
  ["has only an input", functional(layer("a")), /no layers after its input/],
])("sequentialTopology() refuses a Functional model that %s", (_, topology, message) => {
  expect(() => sequentialTopology(topology)).toThrow(message);
});

test("a converted model of other outputs than ten is refused, and told what to add", async () => {
  const directory = join(FIXTURES, "keras/keras2-sequential-float32");
  const json = await Bun.file(join(directory, "model.json")).text();
  const weights = await Bun.file(join(directory, "group1-shard1of1.bin")).bytes();
  const other = new TextEncoder().encode(json.replace('"units": 10', '"units": 26'));
  expect(() => modelFromBytes(other, weights, "x")).toThrow(
    /x\/model.json: userDefinedMetadata: is missing.* found 26 outputs. Add \{"classes"/,
  );
});
