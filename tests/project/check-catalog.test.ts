import { expect, test } from "bun:test";
import { loadConfig } from "../../src/config/load.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import { catalogProblems } from "../../src/project/check-catalog.ts";
import { project } from "../config/project.ts";
import { BASE } from "../support/base-config.ts";

async function problemsOf(catalog: string, names: string[] = []) {
  const dir = await project({ "base/catalog.yml": catalog });
  const config = await loadConfig({ base: BASE, dir, environ: {}, datasetTypes: DATASET_TYPES });
  const more = { dataDir: "", env: null, confSource: null, credentials: {} };
  return catalogProblems({ dir, config, ...more }, names);
}

const withArgs = Object.entries(DATASET_TYPES).flatMap(([type, options]) =>
  (["load_args", "save_args"] as const)
    .filter((field) => (options as readonly string[]).includes(field))
    .map((field) => [type, field] as const),
);

test.each(withArgs)(
  "catalogProblems() names an unknown key of a %s's %s, with its place",
  async (type, field) => {
    expect(
      await problemsOf(`\nmine:\n  type: ${type}\n  filepath: data/x\n  ${field}: { zzzzzz: 1 }\n`),
    ).toEqual([
      expect.stringContaining(
        `conf/base/catalog.yml:2:1: Dataset "mine": type ${type} has no "zzzzzz" in ${field}`,
      ),
    ]);
  },
);

test("catalogProblems() names all problems at once, also of a dataset factory that a node uses, and the nearest key", async () => {
  const catalog = `
a: { type: csv, filepath: data/a.csv, load_args: { delimitr: ";" } }
b: { type: json, filepath: ../b.json }
c: { type: csv, filepath: data/c.csv, retain: 2 }
"{name}_x": { type: csv, filepath: "data/{name}.csv", save_args: { mode: b } }
d: { type: partitioned, path: data/d, dataset: { type: csv, save_args: { mod: a } } }
`;
  const problems = await problemsOf(catalog, ["y_x", "params:z", "memory_only"]);
  expect(problems.map((line) => line.slice(0, 30))).toEqual([
    "conf/base/catalog.yml:2:1: Dat",
    "conf/base/catalog.yml:3:1: Dat",
    "conf/base/catalog.yml:4:1: Dat",
    "conf/base/catalog.yml:6:1: Dat",
    "conf/base/catalog.yml:5:1: Dat",
  ]);
  expect(problems[0]).toContain('type csv has no "delimitr" in load_args. Did you mean "delimiter"?');
});

test("catalogProblems() finds none in the built-in catalog", async () => {
  expect(await problemsOf("")).toEqual([]);
});
