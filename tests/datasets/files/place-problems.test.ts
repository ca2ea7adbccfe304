import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatasetFactories } from "../../../src/datasets/factories.ts";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import type { DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { UsageError } from "../../../src/lib/errors.ts";
import { templateModel } from "../../support/models.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-places-"));
});
afterEach(() => rm(dir, { recursive: true }));

function catalogOf(config: DatasetConfig) {
  const unused = () => Promise.reject(new Error("not needed"));
  const store = {} as Parameters<typeof createDatasetFactories>[0]["store"];
  const factories = createDatasetFactories({
    ...{ projectDir: dir, runVersion: "2026-11-28T00.00.00.000Z", classes: ["0", "1"], store },
    ...{ builtinMnist: unused, builtinModel: unused },
  });
  return new DataCatalog({ config: { one: config }, factories, parameters: {} });
}

const VERSION = "2026-01-01T00.00.00.000Z";
const FILE: Omit<DatasetConfig, "type"> = { filepath: "data/one" };
const write = (path: string) => Bun.write(join(dir, path), "[]");

test.each<[string, DatasetConfig, string[], string]>([
  [
    "a versioned file over a file",
    { ...FILE, type: "json", versioned: true },
    ["data/one"],
    'is a file; a versioned dataset is a folder of that name. Remove "versioned: true", or use another filepath',
  ],
  [
    "a file over a folder of versions",
    { ...FILE, type: "json" },
    [`data/one/${VERSION}/one`],
    'is a folder of versions; a dataset without versions is a file. Add "versioned: true", or use another filepath',
  ],
  [
    "a file over any other folder",
    { ...FILE, type: "csv" },
    ["data/one/x.csv"],
    "is a folder; this dataset is a file",
  ],
  [
    "a checked file over a folder",
    { ...FILE, type: "json", validator: "gate_decision" },
    ["data/one/x.json"],
    "is a folder; this dataset is a file",
  ],
  [
    "a report over a folder",
    { ...FILE, type: "html_report" },
    ["data/one/x.html"],
    "is a folder; this dataset is a file",
  ],
  [
    "a versioned model over a file",
    { ...FILE, type: "tfjs_model", versioned: true },
    ["data/one"],
    "is a file; a versioned",
  ],
  [
    "a versioned model over a model",
    { ...FILE, type: "tfjs_model", versioned: true },
    ["data/one/model.json"],
    "is a model without versions; a versioned dataset is a folder of versions",
  ],
  [
    "a model over a folder of versions",
    { ...FILE, type: "tfjs_model" },
    [`data/one/${VERSION}/model.json`],
    "is a folder of versions; a dataset without versions is one model",
  ],
  [
    "partitions over a file",
    { type: "partitioned", path: "data/one", dataset: "json" },
    ["data/one"],
    "is a file; partitions are the files of a folder",
  ],
])(
  "%s is one sentence before the run, and at each use; nothing is lost",
  async (_, config, paths, sentence) => {
    for (const path of paths) await write(path);
    const catalog = catalogOf(config);
    const said = catalog.checkPlaces(["one", "params:x", "held in memory"]);
    await expect(said).rejects.toThrow(`Dataset "one": ${join(dir, "data/one")} ${sentence}`);
    await expect(said).rejects.toThrow(UsageError);
    const value = config.type === "tfjs_model" ? templateModel() : {};
    if (config.type !== "partitioned") await expect(catalog.save("one", value)).rejects.toThrow(DatasetError);
    await expect(catalog.load("one")).rejects.toThrow(DatasetError);
    await expect(catalog.fingerprint("one")).rejects.toThrow(DatasetError);
    for (const path of paths) expect(await Bun.file(join(dir, path)).text()).toBe("[]");
  },
);

test.each<[string, DatasetConfig, string[]]>([
  ["nothing", { ...FILE, type: "json" }, []],
  ["a file", { ...FILE, type: "json" }, ["data/one"]],
  ["versions", { ...FILE, type: "json", versioned: true }, [`data/one/${VERSION}/one`]],
  ["a model", { ...FILE, type: "tfjs_model" }, ["data/one/model.json", "data/one/weights.bin"]],
  [
    "versions of a model",
    { ...FILE, type: "tfjs_model", versioned: true },
    [`data/one/${VERSION}/model.json`],
  ],
  ["partitions", { type: "partitioned", path: "data/one", dataset: "json" }, ["data/one/a"]],
])("a place that fits its entry is fine: %s", async (_, config, paths) => {
  for (const path of paths) await write(path);
  await catalogOf(config).checkPlaces(["one"]);
});

test("an empty folder is fine for a model", async () => {
  await mkdir(join(dir, "data/one"), { recursive: true });
  const catalog = catalogOf({ ...FILE, type: "tfjs_model" });
  await catalog.checkPlaces(["one"]);
  await catalog.save("one", templateModel());
  expect((await readdir(join(dir, "data/one"))).toSorted()).toEqual(["model.json", "weights.bin"]);
});

test.each<[Partial<DatasetConfig> & { type: string }, string]>([
  [
    { type: "csv", filepath: "data\\01_raw\\t.csv" },
    '"\\" does not separate folders here. Write data/01_raw/t.csv',
  ],
  [{ type: "json", filepath: "C:\\data\\t.json", versioned: true }, "Write C:/data/t.json"],
  [{ type: "tfjs_model", filepath: "models\\one" }, "Write models/one"],
  [{ type: "idx", filepath: "data\\mnist" }, "Write data/mnist"],
  [{ type: "partitioned", path: "data\\parts", dataset: "csv" }, "Write data/parts"],
  [{ type: "partitioned", path: "data", dataset: "csv", filename_suffix: "\\a.csv" }, "Write /a.csv"],
  [{ type: "html_report", filepath: "\\report.html" }, "Write /report.html"],
  [{ type: "text", filepath: "s3://bucket\\key" }, "Write s3://bucket/key"],
  [
    { type: "csv", filepath: "data\t.csv" },
    '"data\\t.csv" has a control character. In double quotes, YAML reads \\t',
  ],
  [{ type: "csv", filepath: "data\0.csv" }, "has a control character"],
  [{ type: "csv", filepath: "C:/data/t.csv" }, '"C:/data/t.csv" is a path of Windows'],
])("a path of the catalog that cannot be meant as written is refused: %j", (config, sentence) => {
  const make = () => catalogOf(config);
  expect(make).toThrow(UsageError);
  expect(make).toThrow(sentence);
});
