import { expect, test } from "bun:test";
import fc from "fast-check";
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

/** Every word of the types bool, null, int and float of yaml.org/type, YAML 1.1, and some that only look like them. */
const WORDS = [
  ..."y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF".split(" "),
  ..."yEs nO tRUE oN y1 nope offer ~ null Null NULL nULL".split(" "),
  ..."0 -0 +12 1_000 -1_000 1__0 010 -010 +010 0777 08 09 0o10 0o17 0b11 0b1_0 0x1F 0x_1F 0xfg".split(" "),
  ..."12:30:45 1:30 190:20:30 -1:30 1:60 12:30:45.5 01:02 1:2:3:4 12:3a".split(" "),
  ..."1.5 1. .5 -.5 1e3 1.0e3 1.0e+3 1_000.5 685.230_15e+03 .inf -.inf +.Inf .INF .nan .NaN . .. 1.2.3".split(
    " ",
  ),
  ..."2001-01-01 2001-12-14t21:59:43.10-05:00 = v1 a_b 1a".split(" "),
];

/** Dates stay text in both, as in Kedro's loader. */
const inYaml = (version: "1.1" | "1.2", word: string): unknown => {
  const value = parse(`x: ${word}`, { version, logLevel: "silent" }).x;
  return value instanceof Date ? word : value;
};

const checkWord = (word: string) => {
  const [value, value11] = [inYaml("1.2", word), inYaml("1.1", word)];
  const found = read(`a: 1\nx: ${word}\n`);
  expect(found.value).toEqual({ a: 1, x: value === 0 ? 0 : value });
  expect(found.problems).toEqual([]);
  const isSame = Object.is(value, value11) || (value === 0 && value11 === 0);
  expect(found.warnings.map((line) => line.slice(0, 3 + word.length))).toEqual(isSame ? [] : [`2: ${word}`]);
  expect(read(`%YAML 1.1\n---\nx: ${word}\n`)).toEqual({
    value: { x: value11 === 0 ? 0 : value11 },
    problems: [],
    warnings: [],
  });
  expect(read(`x: "${word}"\n`)).toEqual({ value: { x: word }, problems: [], warnings: [] });
};

test.each(WORDS)("parseYaml() warns of %s where, and only where, the two YAMLs differ", checkWord);

test("parseYaml() warns of any number-like word where, and only where, the two YAMLs differ", () => {
  const word = fc.stringMatching(/^[-+]?[0-9][0-9_.:xobeE]{0,6}$/).filter((one) => !/[:_]$/.test(one));
  fc.assert(fc.property(word, checkWord), { seed: 3, numRuns: 300 });
});

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
