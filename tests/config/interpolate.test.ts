// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is tested
import { expect, test } from "bun:test";
import { loadCredentials } from "../../src/config/credentials.ts";
import { ConfigError, type Problem } from "../../src/config/errors.ts";
import { interpolate } from "../../src/config/interpolation/interpolate.ts";
import { configScope } from "../../src/config/interpolation/resolvers.ts";
import { loadConfig } from "../../src/config/load.ts";
import { type Mapping, toPlain } from "../../src/config/tree.ts";
import { parseYaml } from "../../src/config/yaml.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

const GLOBALS =
  "bucket: data\nsize: 3\nflag: false\nnone: ~\nlist: [1, 2]\ngroup: {inner: {name: deep}}\n_hidden: 1\n";

const RUNTIME = "day: 3\ngroup: {list: [1, 2]}\n";

function interpolated(text: string): { value: unknown; problems: string[] } {
  const problems: Problem[] = [];
  const read = (source: string, content: string) => parseYaml(source, content, problems) as Mapping;
  const tree = read("x.yml", text);
  const scope = configScope(tree, read("globals.yml", GLOBALS), read("run", RUNTIME), new Set());
  const value = toPlain(interpolate(tree, scope, problems));
  return { value, problems: problems.map(({ message }) => message) };
}

test.each<[string, unknown]>([
  ['"${globals:bucket}"', "data"],
  ['"${globals:size}"', 3],
  ['"${globals:flag}"', false],
  ['"${globals:none}"', null],
  ['"${globals:list}"', [1, 2]],
  ['"${globals:group}"', { inner: { name: "deep" } }],
  ['"${globals:group.inner.name}"', "deep"],
  ['"${ globals : size }"', 3],
  ['"s3/${globals:bucket}/v${globals:size}.csv"', "s3/data/v3.csv"],
  ['"${globals:missing,7}"', 7],
  ['"${globals:missing, text}"', "text"],
  ['"${globals:missing,[1, x]}"', [1, "x"]],
  ['"${globals:missing, #fff}"', "#fff"],
  ['"${globals:missing,${globals:size}}"', 3],
  ['"${globals:missing,${globals:none_, a${globals:size}}}"', "a3"],
  ['"${globals:${globals:missing,size}}"', 3],
  ['"${runtime_params:day}"', 3],
  ['"${runtime_params:group.list}"', [1, 2]],
  ['"${runtime_params:night, 4}"', 4],
  ['"${runtime_params:night,a, b}"', "a, b"],
  ['{a: ["d${runtime_params:day}/${runtime_params:night,n}"]}', { a: ["d3/n"] }],
  ["'\\\\${globals:size}'", "\\3"],
  ["'\\\\\\${globals:size}'", "\\${globals:size}"],
  ["'a\\b'", "a\\b"],
  ['"${globals:missing,}"', null],
  ['"${globals:size,7}"', 3],
  ["'\\${globals:size}'", "${globals:size}"],
  ["'a \\${x} b'", "a ${x} b"],
  ['{a: ["${globals:size}"], b: {c: "x${globals:size}"}}', { a: [3], b: { c: "x3" } }],
  ['"{name}_$data"', "{name}_$data"],
])("interpolate() replaces %s as Kedro does", (text, expected) => {
  expect(interpolated(`x: ${text}\n`)).toEqual({ value: { x: expected }, problems: [] });
});

test.each<[string, RegExp]>([
  ["${globals:bukket}", /globals.yml has no "bukket", and there is no default. Did you mean "bucket"\?/],
  ["${globals:group.inner.nme}", /Did you mean "group.inner.name"\?/],
  ["${globals:size.x}", /globals.yml has no "size.x"/],
  ["${globals:_hidden}", /"_hidden" starts with "_" and cannot be referenced/],
  ["${globals:toString}", /globals.yml has no "toString"/],
  ["a ${globals:list}", /"\$\{globals:list\}" is a list and cannot be part of a string/],
  ["${globals:}", /globals.yml has no ""/],
  ["${runtime_params:x}", /^"x" is not among --params, and there is no default$/],
  ["${oc.env:SECRET}", /^\$\{oc.env:SECRET\}|is read only in credentials.yml/],
  ["${globals:x,[1}", /has a \$\{ without its \}/],
  ["${globals:size", /has a \$\{ without its \}. For a literal \$\{ write \\\$\{$/],
  ["${}", /"\$\{\}" does not exist/],
  ["${y}", /"\$\{y\}" does not exist. Did you mean "\$\{x\}"\?/],
  ["${y,3}", /"\$\{y,3\}" does not exist/],
  ["${global:size}", /there is no resolver "global". Did you mean "globals"\?/],
  [
    "${now:%Y}",
    /there is no resolver "now". Known here: \$\{globals:name\}, \$\{runtime_params:name\}, \$\{name\}/,
  ],
  ["${oc.select:a,b}", /there is no resolver "oc.select"/],
  ["${x}", /^refers to itself: x -> x$/],
])("interpolate() names what it cannot do with %s", (text, reason) => {
  expect(interpolated(`x: "${text}"\n`).problems).toEqual([expect.stringMatching(reason)]);
});

test("loadConfig() puts globals.yml into catalog, parameters and server of every folder", async () => {
  const dir = await project({
    "base/globals.yml": "where: data/base\nrounds: {first: 2, second: 4}\n",
    "base/catalog.yml": '"{name}_table": {type: csv, filepath: "${globals:where}/{name}.csv"}\n',
    "local/globals.yml": "where: data/local\n",
    "local/parameters.yml": "epochs: ${globals:rounds.second}\n",
    "local/server.yml": 'promotion: "${globals:promotion,manual}"\n',
  });
  const { catalog, parameters, server } = await loadConfig({ base: BASE, dir, environ: {} });
  expect(catalog["{name}_table"]).toEqual({ type: "csv", filepath: "data/local/{name}.csv" });
  expect(parameters.epochs).toBe(4);
  expect(server.promotion).toBe("manual");
});

test.each<[string, unknown]>([
  ["base: 5\nmine:\n  twice: ${base}\n", { base: 5, mine: { twice: 5 } }],
  ["a: {b: [1, {c: x}]}\nd: ${a.b[1].c}\ne: ${a.b.0}\n", { a: { b: [1, { c: "x" }] }, d: "x", e: 1 }],
  ["a: {b: 1, c: '${.b}', d: ['${..b}', '${.0}']}\n", { a: { b: 1, c: 1, d: [1, 1] } }],
  [
    "a: ${b}\nb: ${c}\nc: {d: '${e}'}\ne: 1\nf: ${a.d}\n",
    { a: { d: 1 }, b: { d: 1 }, c: { d: 1 }, e: 1, f: 1 },
  ],
  ["where: a\na: {p: 1}\nb: ${${where}.p}/${where}\n", { where: "a", a: { p: 1 }, b: "1/a" }],
  ["_base: {type: csv}\nx: {type: '${_base.type}'}\n", { _base: { type: "csv" }, x: { type: "csv" } }],
])("interpolate() resolves values of the same file in %s", (text, value) => {
  expect(interpolated(text)).toEqual({ value, problems: [] });
});

test.each<[string, string[]]>([
  ["a: ${b}\nb: x${a}\n", ["refers to itself: a -> b -> a"]],
  ["a: {b: '${a}'}\n", ["refers to itself: a.b -> a.b"]],
  ["${a}: 1\na: 2\n", ['"${a}": keys are not interpolated']],
])("interpolate() refuses %s", (text, expected) => {
  expect(interpolated(text).problems).toEqual(expected);
});

test("interpolate() bounds what doubles at each step, and what nests", () => {
  const doubling = (value: (below: string) => string) =>
    `a0: x\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: ${value(`\${a${i}}`)}\n`).join("")}`;
  expect(interpolated(doubling((below) => below + below)).problems[0]).toBe(
    "the interpolations insert too much",
  );
  expect(interpolated(doubling((below) => `["${below}", "${below}"]`)).problems[0]).toBe(
    "the interpolations insert too much",
  );
  const chain = Array.from({ length: 5_000 }, (_, i) => `a${i}: \${a${i + 1}}\n`).join("");
  expect(interpolated(`${chain}a5000: 1\n`).problems[0]).toBe("interpolations nest too deeply");
});

test("loadConfig() resolves each environment within itself, and --params as its own values, as Kedro does", async () => {
  const dir = await project({
    "base/globals.yml": "root: data\nraw: ${root}/01_raw\n",
    "base/parameters.yml": "base: 5\nmine: {twice: '${base}', day: '${runtime_params:day, monday}'}\n",
    "base/parameters_more.yml": "thrice: ${base}\n",
    "base/catalog.yml":
      '_csv: {type: csv}\nday: {type: "${_csv.type}", filepath: "${globals:raw}/${runtime_params:day, monday}.csv"}\n',
    "local/parameters.yml": "base: 6\n",
  });
  const load = (params?: string) => loadConfig({ base: BASE, dir, environ: {}, params });
  const plain = await load();
  expect(plain.ownParameters).toEqual({ base: 6, mine: { twice: 5, day: "monday" }, thrice: 5 });
  expect(plain.catalog.day).toEqual({ type: "csv", filepath: "data/01_raw/monday.csv" });
  const set = await load("base=7,day=friday");
  expect(set.ownParameters).toEqual({ base: 7, mine: { twice: 7, day: "friday" }, thrice: 7, day: "friday" });
  expect(set.catalog.day?.filepath).toBe("data/01_raw/friday.csv");
});

test("loadCredentials() reads environment variables, and shows nothing else of what it cannot resolve", async () => {
  const text =
    "bucket: {key: '${oc.env:KEY}', secret: 'a${oc.env:NUMBER}', region: '${oc.env:REGION, ${.zone}}', zone: eu}\n";
  const dir = await project({ "local/credentials.yml": text });
  expect(await loadCredentials(dir, { KEY: "k", NUMBER: "1" })).toEqual({
    bucket: { key: "k", secret: "a1", region: "eu", zone: "eu" },
  });
  const problemsOf = async (secret: string) => {
    const wrong = await project({ "local/credentials.yml": `bucket:\n  secret: '${secret}'\n` });
    const error = await loadCredentials(wrong, {}).catch((thrown: unknown) => thrown as Error);
    return (error as Error).message;
  };
  const place = "conf/local/credentials.yml:2:3:";
  expect(await problemsOf("${oc.env:MY_KEY}")).toBe(
    `${place} the environment variable MY_KEY is not set, and there is no default`,
  );
  for (const secret of [
    "hunter2${",
    "${hunter2}",
    "${hunter2:x}",
    "${oc.env:hunter 2}",
    "${globals:hunter2}",
  ]) {
    const message = await problemsOf(secret);
    expect(message).toStartWith(place);
    expect(message).not.toContain("hunter");
  }
});

test("loadConfig() replaces a key of globals.yml whole, and gives the place of what it cannot find", async () => {
  const dir = await project({
    "base/globals.yml": "rounds: {first: 2, second: 4}\nself: ${globals:rounds}\nenv: ${oc.env:HOME}\n",
    "local/globals.yml": "rounds: {first: 3}\n",
    "local/parameters.yml": "\nepochs: ${globals:rounds.second}\n",
  });
  const error = await loadConfig({ base: BASE, dir, environ: {} }).catch(
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message.split("\n").slice(0, 3)).toEqual([
    "conf/base/globals.yml:2:1: ${globals:name} is not read here. Use ${name} for a value of the same file",
    "conf/base/globals.yml:3:1: ${oc.env:NAME} is read only in credentials.yml. Elsewhere, set TEGAKI_PARAMETERS__NAME or TEGAKI_SERVER__NAME",
    'conf/local/parameters.yml:2:1: globals.yml has no "rounds.second", and there is no default',
  ]);
});
