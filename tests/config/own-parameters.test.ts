import { expect, test } from "bun:test";
import { ConfigError } from "../../src/config/errors.ts";
import { type ConfigSources, loadConfig } from "../../src/config/load.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

async function load(files: Record<string, string>, sources: Partial<ConfigSources> = {}) {
  return loadConfig({ base: BASE, dir: await project(files), environ: {}, ...sources });
}

async function problemsOf(files: Record<string, string>, sources: Partial<ConfigSources> = {}) {
  const error = await load(files, sources).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.split("\n");
}

test("loadConfig() keeps the project's own parameters, of any value, in addition to the built-in ones", async () => {
  const text = "epochs: 2\nmodel_options:\n  test_size: 0.2\n  features: [a, b]\nlabel: ink\nnothing: ~\n";
  const { parameters, ownParameters } = await load({ "base/parameters.yml": text });
  expect(ownParameters).toEqual({
    model_options: { test_size: 0.2, features: ["a", "b"] },
    label: "ink",
    nothing: null,
  });
  expect(parameters.epochs).toBe(2);
  expect(Object.keys(parameters)).not.toContain("label");
});

test("loadConfig() merges own parameters key by key: base, local, environment, --params", async () => {
  const { ownParameters } = await load(
    {
      "base/parameters.yml": "model_options: {a: 1, b: 1, c: 1, d: 1}",
      "local/parameters.yml": "model_options: {b: 2, c: 2, d: 2}",
    },
    { environ: { TEGAKI_PARAMETERS__MODEL_OPTIONS__C: "3" }, params: "model_options.d=4" },
  );
  expect(ownParameters).toEqual({ model_options: { a: 1, b: 2, c: 3, d: 4 } });
});

test("loadConfig() takes a key one or two letters away from a built-in one for a typo", async () => {
  const hint = "If it is a parameter of your own, choose a name that is less similar";
  expect(await problemsOf({ "local/parameters.yml": "epoch: 3\ntunign_layer: {a: 1}\n" })).toEqual([
    `conf/local/parameters.yml:1:1: unknown key "epoch". Did you mean "epochs"? ${hint}`,
    `conf/local/parameters.yml:2:1: unknown key "tunign_layer". Did you mean "tuning_layer"? ${hint}`,
  ]);
  expect(await problemsOf({}, { params: "batch_sizes=3" })).toEqual([
    '--params batch_sizes: unknown parameter "batch_sizes". Did you mean "batch_size"?',
  ]);
});

test("loadConfig() leaves names that only share a part with a built-in one to the project", async () => {
  const own = { train_epochs: 1, test_size: 1, batch: 1, learning: 1, features: 1, random_state: 1 };
  expect((await load({ "base/parameters.yml": JSON.stringify(own) })).ownParameters).toEqual(own);
});

test("loadConfig() refuses a parameter gate, which nodes read from server.yml", async () => {
  expect(await problemsOf({ "local/parameters.yml": "gate: {threshold: 0}" })).toEqual([
    'conf/local/parameters.yml:1:1: "gate" is set in server.yml, and nodes read it as params:gate. Set it there, or rename your parameter',
  ]);
});

test.each(["__proto__", "constructor", "toString"])(
  "loadConfig() takes a parameter %s as any other, and nothing is inherited from it",
  async (key) => {
    const { ownParameters } = await load({ "local/parameters.yml": `${key}: {polluted: 1}\n` });
    expect(Object.entries(ownParameters)).toEqual([[key, { polluted: 1 }]]);
    expect("polluted" in {}).toBe(false);
  },
);

test("loadConfig() still names an unknown key within a built-in group", async () => {
  expect(await problemsOf({ "local/parameters.yml": "augmentation: {shift: 1}" })).toEqual([
    expect.stringMatching(/^conf\/local\/parameters.yml:1:16: augmentation: unknown key "shift"/),
  ]);
});
