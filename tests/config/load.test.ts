import { expect, test } from "bun:test";
import { ConfigError } from "../../src/config/errors.ts";
import { type ConfigSources, loadConfig } from "../../src/config/load.ts";
import { UsageError } from "../../src/lib/errors.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

async function load(files: Record<string, string | Uint8Array>, sources: Partial<ConfigSources> = {}) {
  return loadConfig({ base: BASE, dir: await project(files), environ: {}, ...sources });
}

async function problemsOf(files: Record<string, string | Uint8Array>, sources: Partial<ConfigSources> = {}) {
  const error = await load(files, sources).then(
    () => new Error("no problem was found"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toBeInstanceOf(UsageError);
  return error.message.split("\n");
}

test("loadConfig() returns the built-in configuration when there is no conf folder", async () => {
  const { parameters, catalog, server } = await load({});
  expect(parameters.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  expect(parameters.tuning_layer).toEqual(["dense", "predictions"]);
  expect(catalog.pre_model).toMatchObject({ type: "tfjs_model", versioned: true });
  expect(server.http).toEqual({ hostname: "127.0.0.1", port: 8000 });
  expect(server.gate.threshold).toBe(0.98);
});

test.each([
  ["conf", { "base/parameters.yml": "tuning_epochs: 2" }, {}],
  ["a variable", {}, { environ: { TEGAKI_PARAMETERS__TUNING_EPOCHS: "2" } }],
  ["--params", {}, { params: "tuning_epochs=2" }],
])("loadConfig() gives exactly the epochs of tuning that %s asks for", async (_, files, sources) => {
  const { parameters } = await load(files as Record<string, string>, sources);
  expect(parameters).toMatchObject({ tuning_epochs: 2, tuning_min_steps: 0 });
});

test("loadConfig() has a least number of steps by default, and one that is asked for beside the epochs", async () => {
  expect((await load({})).parameters.tuning_min_steps).toBe(150);
  const { parameters } = await load({}, { params: "tuning_epochs=2,tuning_min_steps=7" });
  expect(parameters).toMatchObject({ tuning_epochs: 2, tuning_min_steps: 7 });
});

test("loadConfig() freezes the result to the last list", async () => {
  const { parameters, server } = await load({});
  expect(() => (parameters.classes as string[]).push("x")).toThrow(TypeError);
  expect(() => Object.assign(server.gate, { threshold: 0 })).toThrow(TypeError);
});

test("loadConfig() lets later sources win: base, conf/base, conf/local, environment, --params", async () => {
  const files = {
    "base/parameters.yml": "epochs: 2\nbatch_size: 2\nlearning_rate: 2\nseed: 2",
    "local/parameters.yml": "batch_size: 3\nlearning_rate: 3\nseed: 3",
  };
  const environ = { TEGAKI_PARAMETERS__LEARNING_RATE: "4", TEGAKI_PARAMETERS__SEED: "4" };
  const { parameters } = await load(files, { environ, params: "seed=5" });
  expect(parameters).toMatchObject({
    epochs: 2,
    batch_size: 3,
    learning_rate: 4,
    seed: 5,
    tuning_epochs: 10,
  });
});

test.each([
  [`${"a".repeat(300)}=1`, /^--params: "a{59}…" is longer than 200 characters/],
  [`a=${"[".repeat(5_000)}`, /^--params: "a=\[{57}…" nests deeper than 10 levels$/],
  [`a=[${"1,".repeat(2_000)}1]`, /^--params: There are more than 1000 values/],
  [`a=${"x".repeat(20_000)}`, /^--params: The parameters are longer than 16384 characters/],
])("loadConfig() refuses --params beyond the limits of a run, in one short line", async (params, message) => {
  const [problem, ...others] = await problemsOf({}, { params });
  expect(problem).toMatch(message);
  expect(others.every((line) => line.length < 300)).toBe(true);
});

test("loadConfig() reads the folder of --env instead of local", async () => {
  const files = { "local/parameters.yml": "epochs: 2\nseed: 2", "test/parameters.yml": "epochs: 3" };
  expect((await load(files, { env: "test" })).parameters).toMatchObject({ epochs: 3, seed: 20261123 });
});

test("loadConfig() merges parameters and server settings key by key, and replaces catalog entries whole", async () => {
  const { parameters, server, catalog } = await load({
    "local/parameters.yml": "augmentation: {shear: 0}",
    "local/server.yml": "scheduler: {triggers: {new_samples: 7}}",
    "local/catalog.yml": "pre_model: {type: json, filepath: x.json}",
  });
  expect(parameters.augmentation).toMatchObject({ rotate_deg: 8, shift_px: 1, scale: 0.1, shear: 0 });
  expect(server.scheduler).toMatchObject({
    triggers: { first_model: { per_class: 10, total: 20 }, new_samples: 7, cron: null },
    min_interval: 30,
  });
  expect(catalog.pre_model).toEqual({ type: "json", filepath: "x.json" });
  expect(catalog.tune_model).toBeDefined();
});

test("loadConfig() lets null switch augmentation off", async () => {
  expect((await load({ "local/parameters.yml": "augmentation: ~" })).parameters.augmentation).toBeNull();
});

test("loadConfig() reads labels that YAML takes for numbers as texts", async () => {
  const { parameters } = await load({ "local/parameters.yml": "classes: [0, 1, x]" });
  expect(parameters.classes).toEqual(["0", "1", "x"]);
});

test("loadConfig() adds parameters_x.yml to parameters.yml of the same folder", async () => {
  const files = { "local/parameters.yml": "epochs: 2", "local/parameters_more.yaml": "seed: 9" };
  expect((await load(files)).parameters).toMatchObject({ epochs: 2, seed: 9 });
});

test("loadConfig() follows anchors and merge keys, and leaves out entries that begin with _", async () => {
  const { catalog } = await load({
    "local/catalog.yml":
      "_report: &report\n  type: json\n  versioned: true\nmine:\n  <<: *report\n  filepath: a.json\n",
  });
  expect(catalog.mine).toEqual({ type: "json", versioned: true, filepath: "a.json" });
  expect(catalog._report).toBeUndefined();
});

test("loadConfig() reports every problem at once, each with file, line and column", async () => {
  const files = {
    "local/server.yml": "htpp: 1\ngate:\n  threshold: 3\n  thresold: 1\nhttp: nowhere\n",
    "local/parameters.yml": "epochs: many\naugmentation:\n  shft_px: 1\n",
    "local/catalog.yml": "mine:\n  filepath: 3\n",
  };
  const environ = { TEGAKI_SERVER__PROMOTION: "sometimes", TEGAKI_SEVER__HTTP: "x" };
  expect((await problemsOf(files, { environ, params: "seed=-1,oops" })).toSorted()).toEqual(
    [
      'conf/local/server.yml:1:1: unknown key "htpp". Did you mean "http"?',
      "conf/local/server.yml:3:3: gate.threshold: must be at most 1, found 3",
      'conf/local/server.yml:4:3: gate: unknown key "thresold". Did you mean "threshold"?',
      'conf/local/server.yml:5:1: http: expected host:port, such as 127.0.0.1:8000, found "nowhere"',
      'conf/local/parameters.yml:1:1: epochs: must be a whole number, found "many"',
      'conf/local/parameters.yml:3:3: augmentation: unknown key "shft_px". Did you mean "shift_px"?',
      "conf/local/catalog.yml:1:1: mine.type: is missing",
      "conf/local/catalog.yml:2:3: mine.filepath: must be a string, found 3",
      'TEGAKI_SERVER__PROMOTION: must be "auto", "evidence", "shadow" or "manual", found "sometimes"',
      "TEGAKI_SEVER__HTTP: expected TEGAKI_PARAMETERS__<KEY> or TEGAKI_SERVER__<KEY>",
      "--params seed: must be at least 0, found -1",
      '--params: expected key=value, found "oops"',
    ].toSorted(),
  );
});

test("loadConfig() refuses shares of checks that leave less than half of the questions to drawings without a label", async () => {
  const shares = (second: number, known: number) =>
    problemsOf({
      "local/server.yml": `labelling:\n  second_opinions: ${second}\n  known_answers: ${known}\n`,
    });
  expect(await shares(0.4, 0.5)).toEqual([
    "conf/local/server.yml:3:3: labelling.known_answers: must be at most 0.5 for second opinions and known answers together, found 0.5",
  ]);
  expect(await shares(0.5, 0.01)).toEqual([
    expect.stringMatching(/server\.yml:2:3: labelling\.second_opinions: must be at most 0\.5 for second/),
  ]);
});

test("loadConfig() accepts shares of checks of a half", async () => {
  const text = "labelling:\n  second_opinions: 0.2\n  known_answers: 0.3\n";
  expect((await load({ "local/server.yml": text })).server.labelling).toMatchObject({ known_answers: 0.3 });
});

test("loadConfig() names a list in the place of a mapping once, in every group", async () => {
  const files = {
    "local/server.yml": "labelling: []\nmonitoring:\n  drift: [1]\n",
    "local/parameters.yml": "augmentation: []\n",
  };
  expect((await problemsOf(files)).toSorted()).toEqual([
    "conf/local/parameters.yml:1:1: augmentation: must be a mapping, found []",
    "conf/local/server.yml:1:1: labelling: must be a mapping, found []",
    "conf/local/server.yml:3:3: monitoring.drift: must be a mapping, found [1]",
  ]);
});

test.each<[string, string, RegExp]>([
  [
    "a key twice",
    "seed: 1\nepochs: 2\nseed: 3\n",
    /^conf\/local\/parameters.yml:3:1: map keys must be unique$/,
  ],
  ["an open quote", 'seed: "1\n', /^conf\/local\/parameters.yml:\d+:\d+: missing closing "quote$/],
  [
    "a tab as indent",
    "augmentation:\n\tshear: 0\n",
    /^conf\/local\/parameters.yml:2:1: tabs are not allowed/,
  ],
  ["a list at the root", "- seed\n", /:1:1: expected keys with values/],
  ["a string at the root", "seed\n", /:1:1: expected keys with values/],
  ["two documents", "seed: 1\n---\nseed: 2\n", /:2:1: source contains multiple documents/],
  ["an unknown tag", "seed: !!python/object x\n", /:1:7: unresolved tag/],
  ["an anchor within itself", "seed: &a {x: *a}\n", /:1:10: nests too deeply/],
  ["an unknown anchor", "seed: *none\n", /:1:7: there is no anchor "&none" above/],
  ["a mapping for a key", "{a: 1}: 2\n", /:1:1: with stringKeys, all keys must be strings/],
  ["a merge of no mapping", "<<: 3\n", /:1:1: "<<" expects a mapping/],
])("loadConfig() says where parameters.yml has %s", async (_, text, expected) => {
  const [first] = await problemsOf({ "local/parameters.yml": text });
  expect(first).toMatch(expected);
});

test("loadConfig() refuses aliases that multiply each other", async () => {
  const levels = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`,
  );
  const [first] = await problemsOf({ "local/parameters.yml": ["a0: &a0 [x]", ...levels].join("\n") });
  expect(first).toMatch(/too many aliases/);
});

test("loadConfig() refuses a key that two files of one environment set, naming both places", async () => {
  const files = { "local/parameters.yml": "epochs: 2", "local/parameters_b.yml": "\nepochs: 2" };
  expect(await problemsOf(files)).toEqual([
    'conf/local/parameters_b.yml:2:1: "epochs" is also set at conf/local/parameters.yml:1:1; an environment may set a key only once',
  ]);
});

test("loadConfig() names a config file that is not read", async () => {
  expect(await problemsOf({ "local/paramters.yml": "epochs: 1" })).toEqual([
    'conf/local/paramters.yml: is not a config file. Did you mean "parameters.yml"?',
  ]);
});

test("loadConfig() names a file that is not text, and a folder that cannot be read", async () => {
  const [binary] = await problemsOf({ "local/server.yml": new Uint8Array([0xff, 0xfe, 0x00]) });
  expect(binary).toMatch(/^conf\/local\/server.yml: cannot be read/);
  const [folder] = await problemsOf({ local: "a file, not a folder" });
  expect(folder).toMatch(/^conf\/local: cannot be read/);
});

test.each(["prod", "../prod", "a/b"])(
  "loadConfig() refuses --env %s when it is not a folder of conf",
  async (env) => {
    const [first] = await problemsOf({ "prod2/server.yml": "" }, { env });
    expect(first).toStartWith(`--env ${env}: there is no folder conf/${env} in the project directory`);
  },
);

test("loadConfig() takes empty files, and files with comments only", async () => {
  expect((await load({ "local/server.yml": "", "local/catalog.yml": "# nothing\n" })).server.promotion).toBe(
    "auto",
  );
});

test.each(["__proto__", "constructor", "toString"])(
  "loadConfig() treats %s as any unknown key",
  async (key) => {
    const [first] = await problemsOf({ "local/server.yml": `${key}: {polluted: 1}\n` });
    expect(first).toStartWith(`conf/local/server.yml:1:1: unknown key "${key}"`);
    expect("polluted" in {}).toBe(false);
  },
);

test("loadConfig() checks dataset types and options when it gets the known ones", async () => {
  const datasetTypes = { json: ["filepath"], idx: [], samples: [], tfjs_model: [], registered_model: [] };
  const base = { ...BASE, "catalog.yml": "" };
  const files = { "local/catalog.yml": "a: {type: jsn}\nb: {type: json, filepth: x}\n" };
  expect(await problemsOf(files, { base, datasetTypes })).toEqual([
    'conf/local/catalog.yml:1:5: a.type: unknown type "jsn". Did you mean "json"?',
    'conf/local/catalog.yml:2:17: b: unknown key "filepth". Did you mean "filepath"?',
  ]);
});

test("loadConfig() takes retain, validator and a layer, and names what is wrong with them", async () => {
  const entry = "type: json, filepath: a.json, versioned: true";
  const good = `a: {${entry}, retain: 3, validator: train_report, metadata: {kedro-viz: {layer: raw}, other: 1}}\n`;
  expect((await load({ "local/catalog.yml": good })).catalog.a).toMatchObject({ retain: 3 });
  const bad = `a: {${entry}, retain: 0, validator: 7, metadata: {kedro-viz: {layer: [raw]}}}\n`;
  expect(await problemsOf({ "local/catalog.yml": bad })).toEqual([
    "conf/local/catalog.yml:1:52: a.retain: must be at least 1, found 0",
    "conf/local/catalog.yml:1:63: a.validator: must be a string, found 7",
    'conf/local/catalog.yml:1:100: a.metadata.kedro-viz.layer: must be a string, found ["raw"]',
  ]);
});

test("loadConfig() leaves the type of a dataset factory to the name, and checks it where it is written", async () => {
  const datasetTypes = { json: ["filepath"], csv: ["filepath"] };
  const base = { ...BASE, "catalog.yml": "" };
  const text = '"{name}.{type}": {type: "{type}", filepath: x}\n"{name}_table": {type: cvs, filepath: x}\n';
  expect(await problemsOf({ "local/catalog.yml": text }, { base, datasetTypes })).toEqual([
    'conf/local/catalog.yml:2:18: {name}_table.type: unknown type "cvs". Did you mean "csv"?',
  ]);
});
