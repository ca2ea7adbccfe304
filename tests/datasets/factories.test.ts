import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatasetFactories } from "../../src/datasets/factories.ts";
import type { MnistFiles } from "../../src/datasets/files/idx-dataset.ts";
import { pathWithin } from "../../src/datasets/files/paths.ts";
import { hashModel, writeModelFiles } from "../../src/datasets/models/model-files.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import type { StoredAppData } from "../../src/datasets/samples-dataset.ts";
import { LOCAL } from "../../src/domain/actor.ts";
import { NO_CLASS } from "../../src/domain/image-set.ts";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { NewSample } from "../../src/domain/sample.ts";
import type { Store } from "../../src/domain/store.ts";
import { DataCatalog } from "../../src/engine/catalog/catalog.ts";
import type { Credentials, DatasetConfig } from "../../src/engine/catalog/dataset.ts";
import { UsageError } from "../../src/lib/errors.ts";
import { openStore } from "../../src/storage/open.ts";
import { templateModel } from "../support/models.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const clock = { now: () => new Date("2026-11-23T14:42:31Z") };
const BASE_MODEL = templateModel(10);

let projectDir: string;
let store: Store;
beforeAll(async () => {
  projectDir = await mkdtemp(join(tmpdir(), "tegaki-datasets-"));
  store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.5 });
});
afterAll(async () => {
  await store.close();
  await rm(projectDir, { recursive: true });
});

/** One image of one pixel, labelled 3. */
const MNIST: MnistFiles = {
  trainImages: new Uint8Array([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 200]),
  trainLabels: new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 3]),
  testImages: new Uint8Array([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 100]),
  testLabels: new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 4]),
};

function catalogOf(
  config: Record<string, DatasetConfig>,
  from: Pick<Store, "samples" | "sheet" | "models"> = store,
  credentials: Record<string, Credentials> = {},
): DataCatalog {
  const factories = createDatasetFactories({
    projectDir,
    store: from,
    classes: CLASSES,
    builtinMnist: async () => MNIST,
    builtinModel: async () => BASE_MODEL,
    runVersion: "2026-11-23T14.42.31.000Z",
  });
  return new DataCatalog({ config, factories, parameters: {}, credentials });
}

function drawn(label: string, writer: string, ink = 255): NewSample {
  return {
    drawing: null,
    pixels: new Uint8Array(784).fill(ink),
    preprocessing: 1,
    label,
    predicted: null,
    confidence: null,
    shown: null,
    modelVersion: null,
    predictionId: null,
    writer,
    session: null,
    sitting: null,
    source: "draw",
    actor: null,
  };
}

test("idx loads the built-in MNIST", async () => {
  const data = await catalogOf({ mnist: { type: "idx", filepath: "builtin:mnist" } }).load("mnist");
  expect(data).toMatchObject({
    train: { labels: new Uint8Array([3]) },
    test: { images: new Uint8Array([100]) },
  });
});

test("samples gives the drawings of none of the classes apart, and its fingerprint knows them", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0 });
  const catalog = catalogOf({ app: { type: "samples" } }, own);
  await own.samples.insert(drawn("3", "ada", 1));
  const before = await catalog.fingerprint("app");
  await own.samples.insert({ ...drawn("3", "ada", 9), label: null });
  const { train, negatives } = (await catalog.load("app")) as StoredAppData;
  expect([...train.labels]).toEqual([3]);
  expect([...negatives!.labels]).toEqual([NO_CLASS]);
  expect(negatives!.images[783]).toBe(9);
  expect(await catalog.fingerprint("app")).not.toBe(before);
});

test("samples gives each split with the labels' indices, and the newest sample's id", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0.5 });
  const catalog = catalogOf({ app: { type: "samples" } }, own);
  expect(await catalog.load("app")).toMatchObject({
    lastSampleId: null,
    train: { labels: new Uint8Array() },
  });
  for (let i = 0; i < 20; i++) await own.samples.insert(drawn(String(i % 10), `writer ${i}`, i));
  const { train, holdout, lastSampleId } = (await catalog.load("app")) as StoredAppData;
  const kept = [await own.samples.all("train"), await own.samples.all("holdout")] as const;
  expect([...train.labels].map(String)).toEqual(kept[0].map(({ label }) => label!));
  expect([...holdout.labels].map(String)).toEqual(kept[1].map(({ label }) => label!));
  expect(train.images.length).toBe(784 * train.labels.length);
  expect(train.images[784]).toBe(kept[0][1]!.pixels[0]!);
  expect(lastSampleId).toBe(await own.samples.latestId());
  expect(await own.samples.countAfter(lastSampleId)).toBe(0);
  await own.close();
});

test("samples leaves what came in while it was loading to the next run", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0 });
  await own.samples.insert(drawn("1", "a"));
  let late = 0;
  const store = {
    models: own.models,
    sheet: own.sheet,
    samples: new Proxy(own.samples, {
      get(target, name) {
        if (name !== "all") return target[name as keyof typeof target].bind(target as never);
        return async (split: "train" | "holdout") => {
          await target.insert(drawn("2", "late", ++late));
          return target.all(split);
        };
      },
    }),
  };
  const { train, lastSampleId } = (await catalogOf({ app: { type: "samples" } }, store).load(
    "app",
  )) as StoredAppData;
  expect([...train.labels]).toEqual([1]);
  expect(await own.samples.countAfter(lastSampleId)).toBe(2);
  await own.close();
});

test("samples names the label that is not one of the classes", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0 });
  const { sample } = await own.samples.insert(drawn("x", "a"));
  await expect(catalogOf({ app: { type: "samples" } }, own).load("app")).rejects.toThrow(
    `Cannot load dataset "app": sample ${sample.id} is labelled "x", which is not one of the classes (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)`,
  );
  await own.close();
});

test("tfjs_model saves a version under the project directory and loads it again", async () => {
  const catalog = catalogOf({ m: { type: "tfjs_model", filepath: "data/06_models/m", versioned: true } });
  await catalog.save("m", BASE_MODEL);
  expect(await hashModel(join(projectDir, "data/06_models/m/2026-11-23T14.42.31.000Z"))).toBe(
    await hashModel(BASE_MODEL),
  );
  expect(await hashModel((await catalog.load("m")) as ModelArtifacts)).toBe(await hashModel(BASE_MODEL));
});

test("registered_model follows its alias from the built-in model to files, and refuses files that have changed", async () => {
  const fresh = () => catalogOf({ model: { type: "registered_model", alias: "champion" } });
  await expect(fresh().load("model")).rejects.toThrow('there is no model with the alias "champion" yet');
  expect(await fresh().exists("model")).toBe(false);

  const promote = async (key: string, sha256: string) => {
    const { version } = await store.models.create({
      name: "digits",
      key,
      sha256,
      runId: null,
      parentVersion: null,
      metrics: NO_METRICS,
      gate: null,
      state: "ready",
    });
    await store.models.moveAlias({
      alias: "champion",
      version,
      action: "promote",
      by: "cli",
      ...{ actor: null, isForced: false, verdict: null },
      reason: "test",
    });
    return version;
  };
  await promote("builtin:base", await hashModel(BASE_MODEL));
  expect(await fresh().load("model")).toBe(BASE_MODEL);

  const tuned = templateModel(30);
  await writeModelFiles(join(projectDir, "data/06_models/tuned"), tuned);
  const version = await promote("06_models/tuned", await hashModel(tuned));
  expect(await hashModel((await fresh().load("model")) as ModelArtifacts)).toBe(await hashModel(tuned));

  await writeModelFiles(join(projectDir, "data/06_models/tuned"), BASE_MODEL);
  await expect(fresh().load("model")).rejects.toThrow(
    `but version ${version} was registered with ${await hashModel(tuned)}`,
  );
  await promote("../../etc", "0".repeat(64));
  await expect(fresh().load("model")).rejects.toThrow('"../../etc" leaves');
});

test("registered_model keeps to one version for a run, wherever the alias moves, and says which", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0 });
  const promote = async () => {
    const { version } = await own.models.create({
      name: "digits",
      key: "builtin:base",
      sha256: "0".repeat(64),
      runId: null,
      parentVersion: null,
      metrics: NO_METRICS,
      gate: null,
      state: "ready",
    });
    await own.models.moveAlias({
      ...{ alias: "champion", version, action: "promote", by: "cli", reason: "test" },
      ...{ actor: null, isForced: false, verdict: null },
    });
  };
  await promote();
  const catalog = catalogOf({ model: { type: "registered_model", alias: "champion" } }, own);
  expect(catalog.describe("model")).toEqual({ type: "registered_model", alias: "champion", version: null });
  await catalog.load("model");
  await promote();
  await catalog.load("model");
  expect(catalog.describe("model")).toMatchObject({ version: 1 });
  await own.close();
});

test.each(["idx", "samples", "registered_model"])("datasets of type %s are not written", async (type) => {
  const options = {
    idx: { filepath: "builtin:mnist" },
    samples: {},
    registered_model: { alias: "champion" },
  }[type];
  await expect(catalogOf({ d: { type, ...options } }).save("d", 1)).rejects.toThrow(
    'Cannot save dataset "d": ',
  );
});

test.each<[string, DatasetConfig, RegExp]>([
  [
    "an option that its type does not have",
    { type: "json", filepth: "x" },
    /type json has no option "filepth". Did you mean "filepath"\?/,
  ],
  ["no filepath", { type: "json" }, /type json requires "filepath", a string; found nothing/],
  ["a path that leaves the project", { type: "json", filepath: "../x.json" }, /"..\/x.json" leaves /],
  ["an unknown built-in", { type: "idx", filepath: "builtin:cifar" }, /expected a path or builtin:mnist/],
  ["no alias", { type: "registered_model" }, /requires "alias"/],
])("createDatasetFactories() refuses an entry with %s", (_, config, reason) => {
  expect(() => catalogOf({ d: config })).toThrow(UsageError);
  expect(() => catalogOf({ d: config })).toThrow(reason);
});

test("DATASET_TYPES lists exactly the types that can be made", () => {
  const factories = createDatasetFactories({
    projectDir,
    store,
    classes: CLASSES,
    builtinMnist: async () => MNIST,
    builtinModel: async () => BASE_MODEL,
    runVersion: "v",
  });
  expect(Object.keys(factories).toSorted()).toEqual(Object.keys(DATASET_TYPES).toSorted());
});

test.each([
  ["a/b", "/p/a/b"],
  ["./a/../b", "/p/b"],
  ["..a", "/p/..a"],
  ["/elsewhere/x", "/elsewhere/x"],
])("pathWithin() takes %p for a place in the directory, or an absolute one", (path, expected) => {
  expect(pathWithin("/p", path)).toBe(expected);
});

test.each(["..", "../x", "a/../../x", "", "a\0b"])("pathWithin() refuses %p", (path) => {
  expect(() => pathWithin("/p", path)).toThrow();
});

test.each<[string, DatasetConfig, RegExp]>([
  [
    "credentials, where nothing needs them",
    { type: "json", filepath: "x", credentials: "a" },
    /"credentials" have no effect for x/,
  ],
  ["load_args that mean nothing", { type: "json", filepath: "x", load_args: {} }, /no option "load_args"/],
  [
    "save_args of what is only read",
    { type: "pickle", filepath: "x", save_args: {} },
    /no option "save_args"/,
  ],
  [
    "versions of what is only read",
    { type: "pickle", filepath: "x", versioned: true },
    /no option "versioned"/,
  ],
  ["retain without versions", { type: "json", filepath: "x", retain: 2 }, /it requires "versioned: true"/],
  [
    "an unknown check",
    { type: "json", filepath: "x", validator: "train_reprt" },
    /Did you mean "train_report"\?/,
  ],
  [
    "partitions of no type",
    { type: "partitioned", path: "x" },
    /needs "dataset", the type of its files: one of csv,/,
  ],
  ["partitions of the store", { type: "partitioned", path: "x", dataset: "samples" }, /needs "dataset"/],
  [
    "partitions with places",
    { type: "partitioned", path: "x", dataset: { type: "csv", filepath: "y" } },
    /"filepath" has no effect in "dataset"/,
  ],
  [
    "partitions with unknown arguments",
    { type: "partitioned", path: "x", dataset: { type: "csv", load_args: { sep: ";" } } },
    /type csv has no "sep" in load_args/,
  ],
  ["partitions elsewhere", { type: "partitioned", path: "../x", dataset: "csv" }, /"..\/x" leaves/],
])("createDatasetFactories() refuses %s", (_, config, reason) => {
  // Credentials are known: it is the type that has no use for them.
  const make = () => catalogOf({ d: config }, store, { a: {} });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(reason);
});

test("a catalog creates every type of file from one line, checks by name, and pins versions", async () => {
  const file = (type: string) => ({ type, filepath: `data/types/${type}` });
  const values: Record<string, unknown> = {
    csv: [{ a: 1 }],
    image: { rows: 1, cols: 1, channels: 1, data: new Uint8Array([7]) },
    json: { a: 1 },
    metrics: { a: 0.5 },
    text: "手",
    yaml: { a: [1] },
  };
  const catalog = catalogOf({
    ...Object.fromEntries(Object.keys(values).map((type) => [type, file(type)])),
    checked: { ...file("checked"), type: "json", versioned: true, validator: "gate_decision" },
    parts: { type: "partitioned", path: "data/parts", dataset: "text", filename_suffix: ".txt" },
  });
  for (const [type, value] of Object.entries(values)) {
    await catalog.save(type, value);
    expect(await catalog.load(type)).toEqual(value);
    expect(await catalog.fingerprint(type)).toMatch(/^[0-9a-f]{64}$/);
  }
  await catalog.save("parts", { a: "one" });
  expect(Object.keys((await catalog.load("parts")) as object)).toEqual(["a"]);
  await expect(catalog.save("checked", { passed: "yes", checks: [] })).rejects.toThrow(
    'Cannot save dataset "checked": it is not a valid gate_decision: field "passed": expected boolean, found "yes"',
  );
  await catalog.save("checked", { passed: true, checks: [] });
  expect(await catalog.versions("checked")).toEqual(["2026-11-23T14.42.31.000Z"]);
});

test("the fingerprints of samples change with a label, and those of a model with its version", async () => {
  const own = await openStore({ path: ":memory:", clock, holdoutFraction: 0 });
  const of = () =>
    catalogOf({ app: { type: "samples" }, mnist: { type: "idx", filepath: "builtin:mnist" } }, own);
  const { sample } = await own.samples.insert(drawn("1", "a"));
  const before = await of().fingerprint("app");
  expect(await of().fingerprint("app")).toBe(before);
  await own.samples.update(sample.id, { label: "2" }, LOCAL);
  expect(await of().fingerprint("app")).not.toBe(before);
  expect(await of().fingerprint("mnist")).toMatch(/^[0-9a-f]{64}$/);
  await own.close();
});
