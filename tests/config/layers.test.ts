import { expect, test } from "bun:test";
import { loadCredentials } from "../../src/config/credentials.ts";
import type { ConfigError } from "../../src/config/errors.ts";
import { loadConfig } from "../../src/config/load.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

async function load(files: Record<string, string>) {
  return loadConfig({ base: BASE, dir: await project(files), environ: {} });
}

async function problemsOf(files: Record<string, string>) {
  const error = await load(files).catch((thrown: unknown) => thrown);
  return (error as ConfigError).message.split("\n");
}

test.each([
  "parameters_ink.yml",
  "parameters.yaml",
  "parameters-ink.yml",
  "parameters/ink.yml",
  "parameters/deep/er/ink.yaml",
  "parameters_of_ink/any.yml",
  "ink/parameters.yml",
  "ink/deep/parameters_x.yml",
])("loadConfig() reads parameters from conf/base/%s, as Kedro does", async (path) => {
  expect((await load({ [`base/${path}`]: "ink: {width: 2}" })).ownParameters).toEqual({ ink: { width: 2 } });
});

test("loadConfig() reads parameters and catalog from JSON too", async () => {
  const { ownParameters, catalog } = await load({
    "base/parameters.json": '{"ink": 1}',
    "base/catalog/ink.json": '{"ink_report": {"type": "json", "filepath": "a.json"}}',
  });
  expect(ownParameters).toEqual({ ink: 1 });
  expect(catalog.ink_report).toEqual({ type: "json", filepath: "a.json" });
});

test.each(["catalog_ink.yml", "catalog/ink.yml", "catalog/deep/ink.yml", "ink/catalog.yml"])(
  "loadConfig() reads the catalog from conf/base/%s, as Kedro does",
  async (path) => {
    const { catalog } = await load({ [`base/${path}`]: "ink: {type: text, filepath: ink.txt}" });
    expect(catalog.ink).toEqual({ type: "text", filepath: "ink.txt" });
  },
);

test("loadConfig() passes over hidden files and folders, and JSON of other tools", async () => {
  const { ownParameters } = await load({
    "base/.parameters.yml": "a: 1",
    "base/.parameters/x.yml": "a: 1",
    "base/model/model.json": '{"a": 1}',
    "base/parameters.yml": "b: 1",
  });
  expect(ownParameters).toEqual({ b: 1 });
});

test("loadConfig() names a YAML file in a folder that nothing reads", async () => {
  expect(await problemsOf({ "base/ink/other.yml": "a: 1" })).toEqual([
    "conf/base/ink/other.yml: is not a config file",
  ]);
});

test("loadConfig() names both files when two of one environment set a dataset or a parameter", async () => {
  expect(
    await problemsOf({
      "base/catalog.yml": "ink: {type: memory}",
      "base/catalog/ink.yml": "ink: {type: memory}",
      "base/parameters.yml": "ink: {width: 1, height: 1}",
      "base/parameters/ink.yml": "ink:\n  width: 2\n  depth: 2",
    }),
  ).toEqual([
    'conf/base/catalog/ink.yml:1:1: "ink" is also set at conf/base/catalog.yml:1:1; an environment may set a key only once',
    'conf/base/parameters/ink.yml:2:3: "width" is also set at conf/base/parameters.yml:1:7; an environment may set a key only once',
  ]);
});

test("loadConfig() lets two files share out the keys of one group of parameters, as Kedro does", async () => {
  const { ownParameters } = await load({
    "base/parameters.yml": "ink: {width: 1, more: {a: 1}}",
    "base/parameters/ink.yml": "ink: {depth: 2, more: {b: 2}}",
  });
  expect(ownParameters).toEqual({ ink: { width: 1, depth: 2, more: { a: 1, b: 2 } } });
});

test("loadConfig() refuses credentials in a folder of an environment", async () => {
  expect(await problemsOf({ "base/secret/credentials.yml": "a: {key: x}" })).toEqual([
    expect.stringMatching(
      /^conf\/base\/secret\/credentials.yml: credentials are read only from conf\/local\/credentials.yml/,
    ),
  ]);
});

test("loadConfig() reads --conf-source instead of conf, including credentials, and names its files by it", async () => {
  const dir = await project({ "base/parameters.yml": "ink: 1" });
  const other = await project({
    "base/parameters.yml": "ink: 2",
    "local/credentials.yml": "bucket: {key: a}",
    "local/catalog.yml": "a: {type: json, filepath: x, credentials: bucket}",
  });
  const confSource = `${other}/conf/`;
  const config = await loadConfig({ base: BASE, dir, confSource, environ: {} });
  expect(config.ownParameters).toEqual({ ink: 2 });
  expect(await loadCredentials(dir, {}, confSource)).toEqual({ bucket: { key: "a" } });
  const wrong = await project({ "local/parameters.yml": "epochs: x" });
  const error = await loadConfig({ base: BASE, dir, confSource: `${wrong}/conf`, environ: {} }).catch(String);
  expect(error).toContain(`${wrong}/conf/local/parameters.yml:1:1: epochs: must be a whole number`);
});

test("loadConfig() names a --conf-source that does not exist", async () => {
  const error = await loadConfig({ base: BASE, dir: "/", confSource: "nowhere/conf", environ: {} }).catch(
    String,
  );
  expect(error).toContain("--conf-source nowhere/conf: is not a readable folder");
});
