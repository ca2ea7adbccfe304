// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is tested
import { expect, test } from "bun:test";
import { ConfigError, type Problem } from "../../src/config/errors.ts";
import { interpolate } from "../../src/config/globals.ts";
import { loadConfig } from "../../src/config/load.ts";
import { type Mapping, toPlain } from "../../src/config/tree.ts";
import { parseYaml } from "../../src/config/yaml.ts";
import { BASE, project } from "./project.ts";

const GLOBALS =
  "bucket: data\nsize: 3\nflag: false\nnone: ~\nlist: [1, 2]\ngroup: {inner: {name: deep}}\n_hidden: 1\n";

function interpolated(text: string): { value: unknown; problems: string[] } {
  const problems: Problem[] = [];
  const globals = parseYaml("globals.yml", GLOBALS, problems) as Mapping;
  const tree = parseYaml("x.yml", text, problems)!;
  const value = toPlain(interpolate(tree, globals, problems));
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
  ["${globals:}", /unknown interpolation/],
  ["${runtime_params:x}", /unknown interpolation "\$\{runtime_params:x\}". Use \$\{globals:name\} or/],
  ["${oc.env:SECRET}", /unknown interpolation/],
  ["${globals:x,[1}", /the default of "x" is malformed/],
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

test("loadConfig() replaces a key of globals.yml whole, and gives the place of what it cannot find", async () => {
  const dir = await project({
    "base/globals.yml": "rounds: {first: 2, second: 4}\nself: ${globals:rounds}\n",
    "local/globals.yml": "rounds: {first: 3}\n",
    "local/parameters.yml": "\nepochs: ${globals:rounds.second}\n",
  });
  const error = await loadConfig({ base: BASE, dir, environ: {} }).catch(
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message.split("\n").slice(0, 2)).toEqual([
    "conf/base/globals.yml:2:1: globals.yml itself is not interpolated: write the value",
    'conf/local/parameters.yml:2:1: globals.yml has no "rounds.second", and there is no default',
  ]);
});
