import { afterEach, expect, test } from "bun:test";
import { RunProject } from "../support/run-project.ts";

/** Names that every object of JavaScript inherits or treats differently. */
const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "0"];
/** Names of nodes are words; those of datasets are not. */
const DATASETS = [...NAMES, "手", "🎈", "a b"];

const PIPELINE = `import { node, pipeline } from "tegaki";
const names = ${JSON.stringify(DATASETS)};
const nodeName = (name) => (/^\\w+$/.test(name) ? name : "node_" + names.indexOf(name));
export const createPipeline = () =>
  pipeline([
    ...names.map((name) => node({ name: nodeName(name), func: (rows) => ({ of: name, rows }), inputs: "raw " + name, outputs: name })),
    ...names.map((name) => node({ name: "again_" + nodeName(name), func: ({ value }) => [{ value }], inputs: { value: name }, outputs: ["copy of " + name] })),
    node({ name: "all", func: (...values) => values, inputs: names, outputs: "all" }),
  ]);
`;
const CATALOG = DATASETS.map(
  (name, i) => `${JSON.stringify(name)}: { type: json, filepath: data/${i}.json }
${JSON.stringify(`raw ${name}`)}: { type: csv, filepath: data/raw.csv, load_args: { types: { constructor: text } } }
${JSON.stringify(`copy of ${name}`)}: { type: json, filepath: data/copy${i}.json, versioned: true }
`,
).join("");

let project: RunProject;
afterEach(() => project.remove());

test("nodes, datasets and columns may have any names: they run, are skipped, recorded and resumed like others", async () => {
  project = await RunProject.create(
    {
      "src/pipelines/__proto__/pipeline.ts": PIPELINE,
      "conf/base/catalog.yml": `${CATALOG}all: { type: json, filepath: data/all.json }\n`,
      "data/raw.csv": "constructor,__proto__\n007,1\n",
    },
    { pipeline: "__proto__", isCached: true },
  );
  const first = await project.run();
  expect([first.error, first.summary?.skipped]).toEqual([null, []]);
  const all = await Bun.file(`${project.dir}/data/all.json`).text();
  const rows = JSON.parse('[{ "constructor": "007", "__proto__": 1 }]');
  // As text: comparisons of objects may skip such keys.
  expect(JSON.stringify(JSON.parse(all))).toBe(JSON.stringify(DATASETS.map((name) => ({ of: name, rows }))));
  const run = await project.newestRun();
  const nodes = await project.withStore(({ runs }) => runs.nodes(run.id));
  expect(nodes).toHaveLength(2 * DATASETS.length + 1);
  for (const name of NAMES) expect(nodes.find(({ node }) => node === name)).toMatchObject({ status: "done" });
  const unsaved = nodes.flatMap(({ outputs }) => outputs).filter(({ fingerprint }) => fingerprint === null);
  // A name of the catalog that begins with "_" is a template, so this one is held in memory.
  expect(unsaved.map(({ name }) => name)).toEqual(["__proto__"]);
  const second = await project.run();
  expect(second.summary?.skipped).toHaveLength(nodes.length);
});
