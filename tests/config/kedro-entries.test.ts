import { expect, test } from "bun:test";
import { loadConfig } from "../../src/config/load.ts";
import { kedroAlias } from "../../src/datasets/kedro-types.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

const load = async (catalog: string) =>
  loadConfig({
    base: BASE,
    dir: await project({ "base/catalog.yml": catalog }),
    environ: {},
    datasetTypes: DATASET_TYPES,
    aliasOf: kedroAlias,
  });
const problemOf = (catalog: string) =>
  load(catalog).then(
    () => "no problem",
    (error: Error) => error.message,
  );

test("an entry of one of Kedro's types becomes one of ours, with our names for its keys", async () => {
  const { catalog, warnings } = await load(`prices:
  type: pandas.CSVDataset
  filepath: data/01_raw/prices.csv
  layer: raw
  load_args: { sep: ";" }
  save_args: { sep: ";", columns: [a] }
`);
  expect(catalog.prices).toEqual({
    type: "csv",
    filepath: "data/01_raw/prices.csv",
    metadata: { "kedro-viz": { layer: "raw" } },
    load_args: { delimiter: ";" },
    save_args: { columns: ["a"], delimiter: ";" },
  });
  expect(warnings).toEqual([]);
});

test("a key without an effect is left out with a warning that names its place", async () => {
  const { catalog, warnings } = await load(`app_data:
  type: pickle.PickleDataSet
  filepath: data/app.pkl
  backend: pickle
  fs_args: { open_args_load: { mode: rb } }
  load_args: { encoding: latin1 }
  save_args: { protocol: 4 }
`);
  expect(catalog.app_data).toEqual({ type: "pickle", filepath: "data/app.pkl" });
  expect(warnings.toSorted()).toEqual([
    'conf/base/catalog.yml:4:3: app_data: "backend" has no effect in tegaki',
    'conf/base/catalog.yml:5:32: app_data: "fs_args.open_args_load.mode" has no effect in tegaki',
    'conf/base/catalog.yml:6:16: app_data: "load_args.encoding" has no effect in tegaki',
    'conf/base/catalog.yml:7:3: app_data: "save_args" has no effect in tegaki',
  ]);
});

test.each([
  ["backend: joblib", 'a.backend: "joblib" would change the data; tegaki only has "pickle"'],
  ["fs_args: { open_args_save: { mode: ab } }", 'a.fs_args.open_args_save.mode: "ab" would change the data'],
  ["fs_args: { project: x }", 'a: unknown key "fs_args"'],
  ["credential: x", 'Did you mean "credentials"?'],
  ["layer: 3", "metadata.kedro-viz.layer: must be a string"],
])("a key that would change the data is refused: %s", async (line, message) => {
  const problem = await problemOf(`a:\n  type: pickle.PickleDataset\n  filepath: a.pkl\n  ${line}\n`);
  expect(problem).toContain("conf/base/catalog.yml:4:");
  expect(problem).toContain(message);
});

test("a type that tegaki does not have is refused once, whatever its options are", async () => {
  const problem = await problemOf("a:\n  type: pandas.ParquetDataset\n  filepath: a\n  engine: x\n");
  expect(problem).toStartWith(
    'conf/base/catalog.yml:2:3: a.type: "pandas.ParquetDataset" is a Kedro type that tegaki does not have',
  );
  expect(problem.split("\n")).toHaveLength(1);
});

test("pillow.ImageDataset is refused for files that are not PNG", async () => {
  expect(await problemOf("a: { type: pillow.ImageDataset, filepath: a.jpg }\n")).toContain(
    'a.filepath: type image reads and writes .png files only, found "a.jpg"',
  );
});

test("the files of a partitioned dataset may have one of Kedro's types, with options or without", async () => {
  const { catalog } = await load(`a:
  type: PartitionedDataset
  path: data/a
  dataset: pandas.CSVDataset
b:
  type: partitioned
  path: data/b
  dataset: { type: pandas.CSVDataset, load_args: { sep: ";" } }
`);
  expect(catalog.a).toEqual({ type: "partitioned", path: "data/a", dataset: "csv" });
  expect(catalog.b!.dataset).toEqual({ type: "csv", load_args: { delimiter: ";" } });
  expect(
    await problemOf("a: { type: PartitionedDataset, path: a, dataset: pandas.ExcelDataset }\n"),
  ).toContain('"pandas.ExcelDataset" is a Kedro type that tegaki does not have');
});

test("num_classes must be the number of classes", async () => {
  const withParameters = async (text: string) =>
    loadConfig({ base: BASE, dir: await project({ "base/parameters.yml": text }), environ: {} }).then(
      () => "no problem",
      (error: Error) => error.message,
    );
  expect(await withParameters("num_classes: 10\n")).toBe("no problem");
  expect(await withParameters("classes: [a, b]\nnum_classes: 2\n")).toBe("no problem");
  for (const wrong of ["12", '"10"', "null"]) {
    expect(await withParameters(`num_classes: ${wrong}\n`)).toBe(
      `conf/base/parameters.yml:1:1: num_classes is ${wrong}, but "classes" has 10 labels. Change one of them`,
    );
  }
});

test("samples.append_to must name a pickle of catalog.yml on this machine", async () => {
  const withServer = async (name: string, filepath = "data/app.pkl") =>
    loadConfig({
      base: BASE,
      dir: await project({
        "base/server.yml": `samples:\n  append_to: ${name}\n`,
        "base/catalog.yml": `app_data: { type: pickle.PickleDataSet, filepath: "${filepath}" }\n`,
      }),
      environ: {},
      aliasOf: kedroAlias,
    }).then(
      () => "no problem",
      (error: Error) => error.message,
    );
  expect(await withServer("app_data")).toBe("no problem");
  expect(await withServer("null")).toBe("no problem");
  const place = "conf/base/server.yml:2:3: samples.append_to: ";
  expect(await withServer("app_dta")).toBe(
    `${place}there is no dataset "app_dta" in catalog.yml. Did you mean "app_data"?`,
  );
  expect(await withServer("constructor")).toStartWith(`${place}there is no dataset "constructor"`);
  expect(await withServer("mnist_data")).toBe(
    `${place}the dataset "mnist_data" has the type idx; labels are appended to a pickle`,
  );
  expect(await withServer("app_data", "s3://bucket/app.pkl")).toBe(
    `${place}the file of "app_data" must be on this machine`,
  );
});
