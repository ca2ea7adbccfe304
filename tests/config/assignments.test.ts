import { expect, test } from "bun:test";
import { type ConfigSources, loadConfig } from "../../src/config/load.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

const FILES = {
  "base/parameters.yml": "mine:\n  s: hello\n  list: [1, {a: 2}, 3]\n  empty: []\n  none: ~\n",
};

async function load(sources: Partial<ConfigSources>) {
  return loadConfig({ base: BASE, dir: await project(FILES), environ: {}, ...sources });
}

test.each<[string, Record<string, unknown>]>([
  ["mine.list.0=9", { list: [9, { a: 2 }, 3] }],
  ["mine.list.1.a=9,mine.list.2=[x]", { list: [1, { a: 9 }, ["x"]] }],
  ["mine.list=[9]", { list: [9] }],
  ["mine.list={}", { list: {} }],
  ["mine.none=1", { none: 1 }],
  ["mine={s: x}", { s: "x" }],
])("--params %s sets that and nothing else", async (params, expected) => {
  const { mine } = (await load({})).ownParameters;
  expect((await load({ params })).ownParameters).toEqual({ mine: { ...(mine as object), ...expected } });
});

test.each<[string, string]>([
  ["epohcs=3", 'unknown parameter "epohcs". Did you mean "epochs"?'],
  ["mine.ss=3", 'unknown parameter "mine.ss". Did you mean "mine.s"?'],
  ["mine={t: 3}", 'unknown parameter "mine.t". Did you mean "mine.s"?'],
  ["other.x=3", 'unknown parameter "other.x". Add it to parameters.yml to read it in a node'],
  ["__proto__.x=3", 'unknown parameter "__proto__.x". Add it to'],
  ["mine.list.3=9", 'the list mine.list has the indices 0 to 2; it has no "3"'],
  ["mine.list.-1=9", 'the list mine.list has the indices 0 to 2; it has no "-1"'],
  ["mine.list.x=9", 'the list mine.list has the indices 0 to 2; it has no "x"'],
  ["mine.empty.0=9", 'the list mine.empty is empty; it has no "0"'],
  ["mine.s.x=9", 'mine.s is "hello", which has no "x"'],
  ["epochs.x=9", 'epochs is 12, which has no "x"'],
  ["epochs=abc", 'must be a whole number, found "abc"'],
  ["augmentation={shift: 1}", 'augmentation: unknown key "shift"'],
  ["gate.threshold=1", '"gate" is set in server.yml'],
])("--params %s is refused, and names the parameter once", async (params, expected) => {
  const error = (await load({ params }).catch((thrown: unknown) => thrown)) as Error;
  expect(error.message).toStartWith(`--params ${params.split("=")[0]}: ${expected}`);
  expect(error.message.split("\n")).toHaveLength(1);
});

test("an environment variable follows the same rules", async () => {
  const set = await load({
    environ: { TEGAKI_PARAMETERS__MINE__LIST__0: "9", TEGAKI_PARAMETERS__MINE__S: "#x" },
  });
  expect(set.ownParameters.mine).toMatchObject({ s: "#x", list: [9, { a: 2 }, 3] });
  const error = (await load({
    environ: { TEGAKI_PARAMETERS__MIEN: "1", TEGAKI_PARAMETERS__EPOCHS: "x" },
  }).catch((thrown: unknown) => thrown)) as Error;
  expect(error.message.split("\n")).toEqual([
    'TEGAKI_PARAMETERS__MIEN: unknown parameter "mien". Did you mean "mine"?',
    'TEGAKI_PARAMETERS__EPOCHS: must be a whole number, found "x"',
  ]);
});
