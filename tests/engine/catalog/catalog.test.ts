import { expect, test } from "bun:test";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import type { DatasetConfig, DatasetFactory } from "../../../src/engine/catalog/dataset.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { UsageError } from "../../../src/lib/errors.ts";

const broken: DatasetFactory = () => ({
  load: () => Promise.reject(new Error("the disk\nis gone")),
  save: () => Promise.reject(new Error("the disk is full")),
  exists: async () => false,
  describe: () => ({ type: "broken" }),
});
const picky: DatasetFactory = (name) => {
  throw new UsageError(`${name} is not to be`);
};
const factories = { memory: () => new MemoryDataset(), broken, picky };

function catalogOf(config: Record<string, DatasetConfig> = {}, parameters: Record<string, unknown> = {}) {
  return new DataCatalog({ config, factories, parameters });
}

test("DataCatalog loads what was saved, declared or not", async () => {
  const catalog = catalogOf({ declared: { type: "memory" } });
  for (const name of ["declared", "other"]) {
    await catalog.save(name, { name });
    expect(await catalog.load(name)).toEqual({ name });
  }
  expect(catalog.names()).toEqual(["declared"]);
  expect(catalog.isDeclared("other")).toBe(false);
});

test("DataCatalog reads parameters by dotted path, null, false and lists included", async () => {
  const parameters = { a: { b: 1, none: null }, off: false, list: [1, 2] };
  const catalog = catalogOf({}, parameters);
  expect(await catalog.load("parameters")).toBe(parameters);
  expect(await catalog.load("params:a.b")).toBe(1);
  expect(await catalog.load("params:a")).toEqual({ b: 1, none: null });
  expect(await catalog.load("params:a.none")).toBeNull();
  expect(await catalog.load("params:off")).toBe(false);
  expect(await catalog.load("params:list")).toEqual([1, 2]);
});

test.each([
  ["params:a.c", 'Parameter "params:a.c" does not exist. Did you mean "params:a.b"?'],
  ["params:toString", 'Parameter "params:toString" does not exist'],
  ["params:a.b.c", 'Parameter "params:a.b.c" does not exist. Did you mean "params:a.b"?'],
])("DataCatalog does not find %s", async (name, message) => {
  await expect(catalogOf({}, { a: { b: 1 } }).load(name)).rejects.toThrow(message);
});

test("DataCatalog names the dataset and the reason when it cannot be loaded or saved", async () => {
  const catalog = catalogOf({ table: { type: "broken" } });
  await expect(catalog.load("table")).rejects.toThrow('Cannot load dataset "table": the disk is gone');
  await expect(catalog.load("table")).rejects.toBeInstanceOf(DatasetError);
  await expect(catalog.save("table", 1)).rejects.toThrow('Cannot save dataset "table": the disk is full');
  await expect(catalog.load("nothing")).rejects.toThrow(/no node of this run has saved it/);
  await expect(catalog.save("params:x", 1)).rejects.toThrow("parameters are read-only");
});

test("DataCatalog reports every entry that cannot be made, with the nearest type", () => {
  const make = () => catalogOf({ a: { type: "memroy" }, b: { type: "picky" }, c: { type: "toString" } });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(
    [
      'Dataset "a": unknown type "memroy". Did you mean "memory"?',
      'Dataset "b": b is not to be',
      'Dataset "c": unknown type "toString". Known types: memory, broken, picky',
    ].join("\n"),
  );
});

test("DataCatalog forgets a released value, and knows what exists", async () => {
  const catalog = catalogOf({}, { a: 1 });
  await catalog.save("x", 1);
  expect(await catalog.exists("x")).toBe(true);
  catalog.release("x");
  expect(await catalog.exists("x")).toBe(false);
  expect(await catalog.exists("params:a")).toBe(true);
  expect(await catalog.exists("params:b")).toBe(false);
});
