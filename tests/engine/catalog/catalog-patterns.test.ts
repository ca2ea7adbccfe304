import { describe, expect, test } from "bun:test";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import { CatalogEntries, layerOf } from "../../../src/engine/catalog/catalog-entries.ts";
import type { DatasetConfig, DatasetContext, DatasetFactory } from "../../../src/engine/catalog/dataset.ts";
import { DatasetPattern } from "../../../src/engine/catalog/dataset-pattern.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import { UsageError } from "../../../src/lib/errors.ts";

const csv = (filepath: string): DatasetConfig => ({ type: "csv", filepath });

describe("DatasetPattern matches as Kedro does", () => {
  test.each<[string, string, Record<string, string> | null]>([
    ["{name}_data", "factory_data", { name: "factory" }],
    ["{name}_data", "_data", null],
    ["{name}_data", "factory_data_2", null],
    ["{name}#csv", "reviews#csv", { name: "reviews" }],
    ["{namespace}.{layer}_data", "a.b.raw_data", { namespace: "a", layer: "b.raw" }],
    ["{a}_{b}", "x_y_z", { a: "x", b: "y_z" }],
    ["{a}_{a}", "x_x", { a: "x" }],
    ["{a}_{a}", "x_y", null],
    ["{default}", "anything at all", { default: "anything at all" }],
    ["{default}", "", null],
    ["a.b{x}", "aXbc", null],
    ["{name}_data", "factory_DATA", null],
  ])("%j on %j gives %j", (pattern, name, expected) => {
    expect(new DatasetPattern(pattern).match(name)).toEqual(expected);
  });
});

test.each([
  ["{name", /the braces of "\{name" are not balanced/],
  ["name}", /are not balanced/],
  ["{a{b}}", /are not balanced/],
  ["{}_data", /"\{\}" is not a placeholder/],
  ["{a b}", /"\{a b\}" is not a placeholder/],
  ["{n:d}", /"\{n:d\}" is not a placeholder/],
])("DatasetPattern refuses %p", (text, reason) => {
  expect(() => new DatasetPattern(text)).toThrow(reason);
});

test("CatalogEntries tries patterns in Kedro's order: letters, then placeholders, then the alphabet", () => {
  const patterns = [
    "{default}",
    "{dataset}s",
    "{namespace}.{dataset}_data",
    "{a}_{b}",
    "{name}_data",
    "france.{x}",
    "{b}-{a}",
    "{c}.",
  ];
  const entries = new CatalogEntries(Object.fromEntries(patterns.map((name) => [name, csv("x")])));
  expect(entries.patterns()).toEqual([
    "france.{x}",
    "{namespace}.{dataset}_data",
    "{name}_data",
    "{a}_{b}",
    "{b}-{a}",
    "{c}.",
    "{dataset}s",
    "{default}",
  ]);
});

test("CatalogEntries returns the first pattern that matches a name, and its own entry before any pattern", () => {
  const entries = new CatalogEntries({
    "{default}": csv("data/{default}.csv"),
    "{country}_companies": csv("data/{country}.csv"),
    germany_companies: csv("data/de.csv"),
  });
  expect(entries.names()).toEqual(["germany_companies"]);
  expect(entries.resolve("germany_companies")).toEqual({ config: csv("data/de.csv"), pattern: null });
  expect(entries.resolve("france_companies")).toEqual({
    config: csv("data/france.csv"),
    pattern: "{country}_companies",
  });
  expect(entries.resolve("other")).toEqual({ config: csv("data/other.csv"), pattern: "{default}" });
  expect(new CatalogEntries({}).resolve("other")).toBeNull();
});

test("CatalogEntries fills placeholders in at every depth, and leaves the pattern's own entry as it was", () => {
  const config: DatasetConfig = {
    type: "{kind}",
    filepath: "data/{layer}/{layer}_{kind}.txt",
    load_args: { columns: ["{layer}", 1, { "{x}": "{kind}" }], delimiter: "{" },
    metadata: { "kedro-viz": { layer: "{layer}" } },
  };
  const entries = new CatalogEntries({ "{layer}.{kind}": config });
  const { config: found } = entries.resolve("raw.text")!;
  expect(found).toEqual({
    type: "text",
    filepath: "data/raw/raw_text.txt",
    load_args: { columns: ["raw", 1, { "{x}": "text" }], delimiter: "{" },
    metadata: { "kedro-viz": { layer: "raw" } },
  });
  expect(layerOf(found)).toBe("raw");
  expect(config.type).toBe("{kind}");
});

test("CatalogEntries names every malformed factory at once", () => {
  const make = () =>
    new CatalogEntries({
      "{name}_data": csv("data/{nme}.csv"),
      "{": csv("x"),
      "{a}": csv("x"),
      "{b}": csv("x"),
    });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(
    [
      'Dataset factory "{name}_data": "{nme}" of "data/{nme}.csv" is not in the factory\'s name. Did you mean "name"?',
      'Dataset factory "{": the braces of "{" are not balanced',
      'There are 2 catch-all dataset factories ("{a}", "{b}"). Keep one',
    ].join("\n"),
  );
});

test.each([
  {},
  { metadata: {} },
  { metadata: { "kedro-viz": 1 } },
  { metadata: { "kedro-viz": { layer: 1 } } },
])("layerOf() is null for %j", (rest) => {
  expect(layerOf({ type: "csv", ...rest })).toBeNull();
});

/** Datasets in memory that remember how they were made. */
function recording() {
  const made: { name: string; config: DatasetConfig; context: DatasetContext }[] = [];
  const memory: DatasetFactory = (name, config, context) => {
    made.push({ name, config, context });
    return Object.assign(new MemoryDataset(), { versions: async () => ["v2", "v1"] });
  };
  return { made, factories: { memory, csv: memory } };
}

test("DataCatalog creates the dataset of a factory on first use, once", async () => {
  const { made, factories } = recording();
  const catalog = new DataCatalog({
    config: { "{name}_data": csv("{name}.csv") },
    factories,
    parameters: { a: 1 },
  });
  expect(made).toEqual([]);
  expect(catalog.isDeclared("app_data")).toBe(true);
  expect(catalog.isDeclared("app_x")).toBe(false);
  expect(catalog.isDeclared("params:my_data")).toBe(false);
  await catalog.save("app_data", 7);
  expect(await catalog.load("app_data")).toBe(7);
  expect(made).toEqual([
    { name: "app_data", config: csv("app.csv"), context: { loadVersion: undefined, credentials: undefined } },
  ]);
  expect(catalog.names()).toEqual([]);
});

test("DataCatalog.check() names the datasets that cannot be created by their factories", () => {
  const { factories } = recording();
  const catalog = new DataCatalog({
    config: { "{name}.{type}": { type: "{type}" } },
    factories,
    parameters: {},
  });
  expect(() => catalog.check(["a.memory", "b.csvv", "plain", "parameters"])).toThrow(
    'Dataset "b.csvv": unknown type "csvv". Did you mean "csv"?',
  );
});

test("DataCatalog hands the load version and the credentials to the dataset that they are for", () => {
  const { made, factories } = recording();
  new DataCatalog({
    config: { a: { ...csv("a"), versioned: true, credentials: "bucket" }, b: csv("b") },
    factories,
    parameters: {},
    loadVersions: { a: "v1" },
    credentials: { bucket: { key: "k" } },
  });
  expect(made.map(({ context }) => context)).toEqual([
    { loadVersion: "v1", credentials: { key: "k" } },
    { loadVersion: undefined, credentials: undefined },
  ]);
});

test("DataCatalog refuses a load version of an unknown or unversioned dataset, and unknown credentials", () => {
  const { factories } = recording();
  const make = () =>
    new DataCatalog({
      config: {
        plain: csv("a"),
        kept: { ...csv("b"), versioned: true },
        secret: { ...csv("c"), credentials: "buckt" },
      },
      factories,
      parameters: {},
      loadVersions: { plain: "v1", kpt: "v1" },
      credentials: { bucket: { key: "hidden" } },
    });
  expect(make).toThrow(
    [
      'Dataset "plain": it is not versioned, so its version "v1" cannot be loaded. Remove it from the load versions',
      'Dataset "secret": there are no credentials "buckt". Did you mean "bucket"?',
      'Dataset "kpt": it is not in the catalog, so its version "v1" cannot be loaded. Did you mean "kept"?',
    ].join("\n"),
  );
});

test("DataCatalog.missing() names a load version that does not exist, with those that do", async () => {
  const { factories } = recording();
  const of = (version: string) =>
    new DataCatalog({
      config: { a: { ...csv("a"), versioned: true } },
      factories,
      parameters: {},
      loadVersions: { a: version },
    }).missing("a");
  expect(await of("v1")).toBeNull();
  expect(await of("v3")).toBe('Dataset "a" has no version "v3". Its newest versions: v2, v1');
});
