import { expect, test } from "bun:test";
import { join } from "node:path";
import { parse } from "yaml";
import type { Problem } from "../../src/config/errors.ts";
import { loadConfig } from "../../src/config/load.ts";
import { toPlain } from "../../src/config/tree.ts";
import { parseYaml, type YamlOptions } from "../../src/config/yaml.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

function read(text: string, options: YamlOptions = {}) {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const tree = parseYaml("x.yml", text, problems, { ...options, warnings });
  const lines = (found: Problem[]) =>
    found.map(({ origin, message }) => `${origin.position?.line}: ${message}`);
  return {
    value: tree === null ? null : toPlain(tree),
    problems: lines(problems),
    warnings: lines(warnings),
  };
}

interface KedroWords {
  words: Record<string, unknown>;
}
/**
 * The value of each word in `OmegaConf.create("v: WORD").v`, as Kedro loads its files: every word of the types bool,
 * null, int and float of yaml.org/type, YAML 1.1, some that only look like them, and random ones that look like numbers.
 */
const { words: KEDRO }: KedroWords = await Bun.file(
  join(import.meta.dir, "../fixtures/kedro/yaml-words.json"),
).json();

/** JSON has no NaN and no infinity: `{float: "nan"}`. */
const ofKedro = (word: string): unknown => {
  const value = KEDRO[word];
  if (typeof value !== "object" || value === null || !("float" in value)) return value;
  return (
    { inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY }[String(value.float)] ?? Number.NaN
  );
};
const same = (a: unknown, b: unknown) => Object.is(a, b) || (a === 0 && b === 0);

test.each(Object.keys(KEDRO))(
  "parseYaml() warns of %s where, and only where, Kedro reads it differently",
  (word) => {
    const value: unknown = parse(`x: ${word}`, { version: "1.2", logLevel: "silent" }).x;
    const found = read(`a: 1\nx: ${word}\n`);
    expect(found.value).toEqual({ a: 1, x: value === 0 ? 0 : value });
    expect(found.problems).toEqual([]);
    const isSame = same(value, ofKedro(word));
    expect(found.warnings.map((line) => line.slice(0, 3 + word.length))).toEqual(
      isSame ? [] : [`2: ${word}`],
    );
    const as11 = read(`%YAML 1.1\n---\nx: ${word}\n`);
    expect([as11.problems, as11.warnings]).toEqual([[], []]);
    const { x } = as11.value as { x: unknown };
    if (typeof x === "number" && Number.isFinite(x)) expect(x).toBeCloseTo(Number(ofKedro(word)), 9);
    else expect(x).toEqual(ofKedro(word));
    expect(read(`x: "${word}"\n`)).toEqual({ value: { x: word }, problems: [], warnings: [] });
  },
);

test("parseYaml() says what a word is in both YAMLs, and what to write", () => {
  expect(read("shuffle: no\nday: 010\n").warnings).toEqual([
    '1: no is the text "no" here, and false in YAML 1.1 (Kedro\'s). Write false, or "no" in quotes, or start the file with a line %YAML 1.1 and a line ---',
    "2: 010 is 10 here, and 8 in YAML 1.1 (Kedro's). Write 10, or start the file with a line %YAML 1.1 and a line ---",
  ]);
});

test("parseYaml() warns once of a value that aliases and merge keys repeat", () => {
  const { value, warnings } = read("a: &a {x: on}\nb: {<<: *a, y: 1}\nc: *a\n");
  expect(value).toEqual({ a: { x: "on" }, b: { x: "on", y: 1 }, c: { x: "on" } });
  expect(warnings).toHaveLength(1);
});

test.each(["9007199254740993", "-9007199254740992", "0x20000000000001", "123456789012345678901234567890"])(
  "parseYaml() refuses the whole number %s, which would be rounded",
  (number) => {
    for (const head of ["", "%YAML 1.1\n---\n"]) {
      const { problems } = read(`${head}a: 1\nid: [${number}]\n`);
      expect(problems).toEqual([expect.stringContaining(`: ${number} is beyond 2^53 - 1`)]);
    }
    expect(read(`id: "${number}"\n`).value).toEqual({ id: number });
  },
);

test.each<[string, string]>([
  [
    "mine.sub.a: 42",
    '1: the full stop in the key "mine.sub.a" does not nest. Write mine: { sub: { a: … } }, or',
  ],
  ["a:\n  b.c: 42", '2: the full stop in the key "b.c" does not nest. Write b: { c: … }, or'],
  ["a: [{b.c: 42}]", '1: the full stop in the key "b.c" does not nest'],
])("parseYaml() refuses the key of %s when asked to", (text, expected) => {
  expect(read(text, { isDotRefused: true }).problems).toEqual([expect.stringContaining(expected)]);
  expect(read(text).problems).toEqual([]);
});

test("parseYaml() takes a key in quotes as it is", () => {
  expect(read('a: {"b.c": 1}\n', { isDotRefused: true })).toMatchObject({
    value: { a: { "b.c": 1 } },
    problems: [],
  });
});

test("loadConfig() warns of every kind of file, refuses dotted keys except in names of datasets, and shows no secret", async () => {
  const dir = await project({
    "base/parameters.yml": "mine: {shuffle: no}\n",
    "base/catalog.yml": "titles.text: {type: csv, filepath: x.csv, metadata: {on: yes}}\n",
    "base/globals.yml": "size: 1_0\n",
    "local/credentials.yml": "bucket: {secret: 0123}\n",
  });
  const environ = { TEGAKI_PARAMETERS__MINE__SHUFFLE: "off" };
  const { warnings } = await loadConfig({ base: BASE, dir, environ, params: "mine.shuffle=on" });
  expect(warnings.map((line) => line.slice(0, 46).replace(/ (is|YAML).*/, ""))).toEqual([
    "TEGAKI_PARAMETERS__MINE__SHUFFLE: off",
    "--params mine.shuffle: on",
    "conf/base/catalog.yml:1:58: yes",
    "conf/base/globals.yml:1:7: 1_0",
    "conf/base/parameters.yml:1:17: no",
    "conf/local/credentials.yml:1:18:",
  ]);
  expect(warnings.join()).not.toContain("0123");
  const dotted = await project({
    "local/server.yml": "gate.threshold: 1\n",
    "local/globals.yml": "a.b: 1\n",
  });
  const error = await loadConfig({ base: BASE, dir: dotted, environ: {} }).catch((thrown: unknown) => thrown);
  expect((error as Error).message.split("\n").map((line) => line.slice(0, 60))).toEqual([
    'conf/local/globals.yml:1:1: the full stop in the key "a.b" d',
    'conf/local/server.yml:1:1: the full stop in the key "gate.th',
  ]);
});

test("the built-in configuration is the same in both YAMLs", async () => {
  expect((await loadConfig({ base: BASE, dir: await project(), environ: {} })).warnings).toEqual([]);
});
