import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { RunProject, silent } from "../support/run-project.ts";

const PIPELINE = `import { node, pipeline } from "tegaki";
const ran = (name) => {
  globalThis.tegakiRunTest.ran.push(name);
  if (globalThis.tegakiRunTest.failing.has(name)) throw new Error(name + " cannot");
};
export const createPipeline = () =>
  pipeline([
    node({ name: "read", func: (rows, _size) => { ran("read"); return rows; }, inputs: ["table_in", "params:batch_size"], outputs: "table_out" }),
    node({ name: "count", func: (rows) => { ran("count"); return { rows: rows.length }; }, inputs: "table_out", outputs: "counted" }),
  ]);
`;
const CATALOG = `# The tables.
table_in:
  type: csv
  filepath: data/01_raw/t.csv
  load_args:
    delimiter: ","
    comment: "#"
"{name}_out":
  type: csv
  filepath: data/02_intermediate/{name}.csv
counted:
  type: json
  filepath: data/08_reporting/counted.json
`;
const TABLE = "a,b\n1,2\n";

let project: RunProject;
afterEach(() => project.remove());

/** Runs the pipeline before and after a change. @returns the nodes of the second run, and why each ran. */
async function rerun(change: (project: RunProject) => Promise<unknown>) {
  project = await RunProject.create(
    {
      "src/pipelines/tables/pipeline.ts": PIPELINE,
      "conf/base/catalog.yml": CATALOG,
      "data/01_raw/t.csv": TABLE,
      "data/01_raw/same.csv": TABLE,
    },
    { pipeline: "tables", isCached: true },
  );
  expect(await project.run()).toMatchObject({ ran: ["read", "count"], error: null });
  expect(await project.run()).toMatchObject({ ran: [], error: null });
  await change(project);
  const reasons: Record<string, string | undefined> = {};
  const nodeStarted = (node: string, _index: number, _count: number, reason?: string) => {
    reasons[node] = reason;
  };
  const { ran, error } = await project.run({ onProgress: { ...silent, nodeStarted } });
  expect(error).toBeNull();
  return { ran, reasons };
}

const catalog = (from: string, to: string) => {
  expect(CATALOG).toContain(from);
  return ({ dir }: RunProject) => Bun.write(join(dir, "conf/base/catalog.yml"), CATALOG.replace(from, to));
};
const input = 'catalog entry of "table_in" changed';
const output = 'catalog entry of "table_out" changed';

test.each([
  [
    "a load argument",
    'delimiter: ","',
    'delimiter: ";"',
    { read: input, count: 'dataset "table_out" changed' },
  ],
  ["a load argument that is removed", '    comment: "#"\n', "", { read: input }],
  ["a type of a column", 'comment: "#"', "types: { a: text }", { read: input }],
  ["a path with the same content", "01_raw/t.csv", "01_raw/same.csv", { read: input }],
  ["the path of a factory", "{name}.csv", "{name}_2.csv", { read: output, count: output }],
  [
    "a save argument",
    "{name}.csv",
    '{name}.csv\n  save_args: { delimiter: ";" }',
    { read: output, count: output },
  ],
  ["another factory that matches", '"{name}_out"', "table_out", { read: output, count: output }],
  [
    "versioned",
    "counted.json",
    "counted2.json\n  versioned: true",
    { count: 'catalog entry of "counted" changed' },
  ],
  ["the type of an output", "type: json", "type: yaml", { count: 'catalog entry of "counted" changed' }],
])("a changed catalog entry runs its nodes again: %s", async (_, from, to, expected) => {
  const { ran, reasons } = await rerun(catalog(from, to));
  expect(reasons).toEqual(expected as typeof reasons);
  expect(ran).toEqual(Object.keys(expected));
});

test.each([
  ["a comment", "# The tables.", "# Tables."],
  ["metadata", "type: json", "type: json\n  metadata: { kedro-viz: { layer: reporting } }"],
  ["the order of keys", '    delimiter: ","\n    comment: "#"\n', '    comment: "#"\n    delimiter: ","\n'],
  ["the style of YAML", 'delimiter: ","', "delimiter: ','"],
])("a change of a catalog entry that means nothing runs no node: %s", async (_, from, to) => {
  expect((await rerun(catalog(from, to))).ran).toEqual([]);
});

test("a global runs the nodes again whose entries it is in, and only with another value", async () => {
  const write = async ({ dir }: RunProject, folder: string) => {
    await Bun.write(join(dir, "conf/base/globals.yml"), `folder: ${folder}\n`);
    await Bun.write(
      join(dir, "conf/base/catalog.yml"),
      CATALOG.replace("data/08_reporting", ["data/$", "{globals:folder}"].join("")),
    );
  };
  expect((await rerun((made) => write(made, "08_reporting"))).ran).toEqual([]);
  await write(project, "07_model_output");
  expect((await project.run()).ran).toEqual(["count"]);
});

test("an output that was edited by hand is made again, and the run says so", async () => {
  const { ran, reasons } = await rerun(({ dir }) =>
    Bun.write(join(dir, "data/08_reporting/counted.json"), "{}"),
  );
  expect(ran).toEqual(["count"]);
  expect(reasons).toEqual({ count: 'its output "counted" was changed by something else' });
});

test.each([
  ["nothing", async () => {}, ["count"]],
  ["an input's load arguments", catalog('    comment: "#"\n', ""), ["read", "count"]],
  [
    "an output's save arguments",
    catalog("{name}.csv", '{name}.csv\n  save_args: { delimiter: ";" }'),
    ["read", "count"],
  ],
  ["an input's metadata", catalog("  load_args", "  metadata: {}\n  load_args"), ["count"]],
  [
    "a parameter of a finished node",
    ({ dir }: RunProject) => Bun.write(join(dir, "conf/base/parameters.yml"), "batch_size: 7\n"),
    ["read", "count"],
  ],
])("a resumed run repeats a finished node when this has changed since: %s", async (_, change, expected) => {
  project = await RunProject.create(
    {
      "src/pipelines/tables/pipeline.ts": PIPELINE,
      "conf/base/catalog.yml": CATALOG,
      "data/01_raw/t.csv": TABLE,
    },
    { pipeline: "tables" },
  );
  project.world.failing.add("count");
  await project.run();
  const resume = (await project.newestRun()).id;
  await project.run({ resume });
  expect(project.world.ran).toEqual(["count"]);
  // The run to resume may itself be a resumed one.
  const second = (await project.newestRun()).id;
  project.world.failing.clear();
  await change(project);
  expect(await project.run({ resume: second })).toMatchObject({ ran: expected, error: null });
});

test("a run records the types that were inferred of a table's columns", async () => {
  await rerun(async () => {});
  const { id } = await project.newestRun();
  await project.run({ isCached: false });
  const run = await project.newestRun();
  expect(run.id).not.toBe(id);
  const [read] = await project.withStore(({ runs }) => runs.nodes(run.id));
  const columns = [
    { name: "a", type: "number" },
    { name: "b", type: "number" },
  ];
  expect(read!.inputs[0]).toMatchObject({ name: "table_in", columns });
  expect(read!.outputs[0]).toMatchObject({ name: "table_out", columns });
});
