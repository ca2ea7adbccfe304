import { afterAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import {
  hashModel,
  modelFromBytes,
  readModelFiles,
  writeModelFiles,
} from "../../../src/datasets/models/model-files.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import * as tf from "../../../src/kernels/tf.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-model-"));
afterAll(() => rm(root, { recursive: true }));
let count = 0;
const fresh = () => join(root, `model-${count++}`);

/** A tiny model as tfjs itself describes it: dense, 3 inputs, 2 outputs. */
async function tinyModel(): Promise<ModelArtifacts> {
  await tf.setBackend("cpu");
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: "dense" })] });
  model.setWeights([tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([0.5, -0.25])]);
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  return {
    format: "layers-model",
    generatedBy: "test",
    modelTopology: saved!.modelTopology as Record<string, unknown>,
    weightSpecs: saved!.weightSpecs!.map(({ name, shape }) => ({ name, shape, dtype: "float32" })),
    weightData: saved!.weightData as ArrayBuffer,
    userDefinedMetadata: {
      classes: ["a", "b"],
      rows: 28,
      cols: 28,
      preprocessing: 1,
      architecture: "test",
      seed: 1,
      threads: 1,
    },
  };
}

const MODEL = await tinyModel();

async function written(model = MODEL): Promise<string> {
  const directory = fresh();
  await writeModelFiles(directory, model);
  return directory;
}

test("a model keeps its calibration in model.json, and one without it stays without", async () => {
  const calibration = {
    temperature: 1.25,
    rejection: { score: "energy", threshold: -3.5, false_alarm_rate: 0.02 },
  } as const;
  const userDefinedMetadata = { ...MODEL.userDefinedMetadata, calibration };
  const calibrated = await readModelFiles(await written({ ...MODEL, userDefinedMetadata }));
  expect(calibrated.userDefinedMetadata.calibration).toEqual(calibration);
  const plain = await readModelFiles(await written());
  expect("calibration" in plain.userDefinedMetadata).toBe(false);
});

test("readModelFiles() names the field of a calibration that cannot be", async () => {
  const calibration = { temperature: -1 } as never;
  const directory = await written({
    ...MODEL,
    userDefinedMetadata: { ...MODEL.userDefinedMetadata, calibration },
  });
  expect(readModelFiles(directory)).rejects.toThrow("userDefinedMetadata.calibration.temperature");
});

test("readModelFiles() gives back exactly what writeModelFiles() wrote", async () => {
  const directory = await written();
  const model = await readModelFiles(directory);
  expect(model).toEqual({ ...MODEL, modelTopology: JSON.parse(JSON.stringify(MODEL.modelTopology)) });
  expect((await readdir(directory)).sort()).toEqual(["model.json", "weights.bin"]);
});

test("tf.loadLayersModel() reads the files, and the model computes the same", async () => {
  const directory = await written();
  const serve = async (url: unknown) => {
    const name = new URL(String(url)).pathname.slice(1);
    const headers = {
      "content-type": name.endsWith(".json") ? "application/json" : "application/octet-stream",
    };
    return new Response(await readFile(join(directory, name)), { headers });
  };
  const handler = tf.io.http("http://models.test/model.json", {
    fetchFunc: serve as typeof fetch,
  });
  const model = await tf.loadLayersModel(handler);
  const output = model.predict(tf.tensor2d([[1, 1, 1]])) as tf.Tensor;
  // 1+3+5 + 0.5 and 2+4+6 - 0.25
  expect([...output.dataSync()]).toEqual([9.5, 11.75]);
});

test("hashModel() is the same for a model, its files, and the same model with fields in another order", async () => {
  const hash = await hashModel(MODEL);
  const reversed = Object.fromEntries(Object.entries(MODEL.modelTopology).reverse());
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashModel(await written())).toBe(hash);
  expect(await hashModel({ ...MODEL, modelTopology: reversed })).toBe(hash);
});

test("hashModel() changes with one weight, and with the metadata", async () => {
  const weightData = MODEL.weightData.slice(0);
  new Float32Array(weightData)[0] = 1.0000001;
  const userDefinedMetadata = { ...MODEL.userDefinedMetadata, seed: 2 };
  const hashes = await Promise.all(
    [MODEL, { ...MODEL, weightData }, { ...MODEL, userDefinedMetadata }].map(hashModel),
  );
  expect(new Set(hashes).size).toBe(3);
});

test("modelFromBytes() reads a model from memory", async () => {
  const directory = await written();
  const [json, weights] = await Promise.all(
    ["model.json", "weights.bin"].map(async (name) => new Uint8Array(await readFile(join(directory, name)))),
  );
  expect(await hashModel(modelFromBytes(json!, weights!, "built in"))).toBe(await hashModel(MODEL));
  expect(() => modelFromBytes(json!, weights!.subarray(4), "built in")).toThrow(
    "built in/weights.bin: has 28 bytes, but model.json requires 32",
  );
});

test("writeModelFiles() replaces what the directory held, and leaves nothing else behind", async () => {
  const directory = await written();
  await writeFile(join(directory, "stray.txt"), "x");
  await writeModelFiles(directory, { ...MODEL, generatedBy: "again" });
  expect((await readModelFiles(directory)).generatedBy).toBe("again");
  expect((await readdir(directory)).sort()).toEqual(["model.json", "weights.bin"]);
  expect((await readdir(root)).filter((name) => name.startsWith("."))).toEqual([]);
});

test("writeModelFiles() refuses weights that do not fit their shapes, and writes nothing", async () => {
  const directory = fresh();
  const broken = { ...MODEL, weightData: new ArrayBuffer(4) };
  await expect(writeModelFiles(directory, broken)).rejects.toThrow(
    "the weights have 4 bytes, but their shapes require 32",
  );
  await expect(readdir(directory)).rejects.toThrow("ENOENT");
});

test("readModelFiles() joins weights that other tools split into several files", async () => {
  const directory = await written();
  const bytes = new Uint8Array(MODEL.weightData);
  const json = JSON.parse(await readFile(join(directory, "model.json"), "utf8"));
  json.weightsManifest[0].paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"];
  await writeFile(join(directory, "model.json"), JSON.stringify(json));
  await writeFile(join(directory, "group1-shard1of2.bin"), bytes.subarray(0, 10));
  await writeFile(join(directory, "group1-shard2of2.bin"), bytes.subarray(10));
  expect(new Uint8Array((await readModelFiles(directory)).weightData)).toEqual(bytes);
});

test("readModelFiles() names the file that is missing", async () => {
  await expect(readModelFiles(join(root, "none"))).rejects.toThrow(/none\/model.json: does not exist/);
  const directory = await written();
  await rm(join(directory, "weights.bin"));
  await expect(readModelFiles(directory)).rejects.toThrow(/weights.bin: does not exist/);
});

// biome-ignore lint/suspicious/noExplicitAny: JSON that is being broken on purpose
type Json = any;

test.each<[string, (json: Json) => unknown, RegExp]>([
  ["another format", (json) => (json.format = "graph-model"), /model.json: format: .*layers-model/],
  ["no topology", (json) => delete json.modelTopology, /modelTopology/],
  ["no metadata", (json) => delete json.userDefinedMetadata, /userDefinedMetadata/],
  ["no classes", (json) => (json.userDefinedMetadata.classes = []), /userDefinedMetadata.classes/],
  [
    "integer weights",
    (json) => (json.weightsManifest[0].weights[0].dtype = "int32"),
    /weights.0.dtype: .*float32/,
  ],
  [
    "weights shortened in an unknown way",
    (json) => (json.weightsManifest[0].weights[0].quantization = { dtype: "int4", scale: 1, min: 0 }),
    /quantization.dtype: .*uint8/,
  ],
  ["a negative size", (json) => (json.weightsManifest[0].weights[0].shape = [-3, 2]), /shape.0/],
  ["a fractional size", (json) => (json.weightsManifest[0].weights[0].shape = [1.5]), /shape.0/],
  ["an endless size", (json) => (json.weightsManifest[0].weights[0].shape = [1e308]), /shape.0/],
  [
    "huge weights",
    (json) => (json.weightsManifest[0].weights[0].shape = [65536, 65536]),
    /bytes of weights; at most/,
  ],
  [
    "larger weights",
    (json) => (json.weightsManifest[0].weights[0].shape = [4, 2]),
    /has 32 bytes, but model.json requires 40/,
  ],
  [
    "a weight twice",
    (json) => (json.weightsManifest[0].weights[1].name = "dense/kernel"),
    /"dense\/kernel" is listed twice/,
  ],
  [
    "a path that leads out",
    (json) => (json.weightsManifest[0].paths = ["../weights.bin"]),
    /paths.0: must be the name/,
  ],
  [
    "an absolute path",
    (json) => (json.weightsManifest[0].paths = ["/etc/passwd"]),
    /paths.0: must be the name/,
  ],
  ["a hidden file", (json) => (json.weightsManifest[0].paths = [".."]), /paths.0: must be the name/],
])("readModelFiles() refuses %s, naming the file", async (_, change, reason) => {
  const directory = await written();
  const path = join(directory, "model.json");
  const json = JSON.parse(await readFile(path, "utf8"));
  change(json);
  await writeFile(path, JSON.stringify(json));
  const error = await readModelFiles(directory).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DatasetError);
  expect(error.message).toMatch(reason);
  expect(error.message).toStartWith(directory);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "readModelFiles() refuses a weight that is %p",
  async (value) => {
    const weightData = MODEL.weightData.slice(0);
    new Float32Array(weightData)[7] = value;
    const directory = await written({ ...MODEL, weightData });
    await expect(readModelFiles(directory)).rejects.toThrow(`value 1 of weight "dense/bias" is ${value}`);
  },
);

test.each([0, 1, 100])("readModelFiles() refuses model.json cut off after %p bytes", async (bytes) => {
  const directory = await written();
  const path = join(directory, "model.json");
  await writeFile(path, (await readFile(path)).subarray(0, bytes));
  await expect(readModelFiles(directory)).rejects.toThrow(/model.json: is not JSON/);
});

test("readModelFiles() refuses a directory instead of a file", async () => {
  const directory = fresh();
  await mkdir(join(directory, "model.json"), { recursive: true });
  await expect(readModelFiles(directory)).rejects.toThrow(/model.json: /);
});
