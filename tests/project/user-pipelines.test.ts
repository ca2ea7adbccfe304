import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/lib/clock.ts";
import { createLog } from "../../src/lib/log.ts";
import { pipelineNamed, projectPipelines } from "../../src/project/project-pipelines.ts";
import { userPipelineNames } from "../../src/project/user-pipelines.ts";
import { pipelinesToServe } from "../../src/server/pipelines-to-serve.ts";

let projectDir: string;
beforeEach(async () => {
  projectDir = await realpath(await mkdtemp(join(tmpdir(), "tegaki-user-pipelines-")));
});
afterEach(() => rm(projectDir, { recursive: true, force: true }));

const write = (path: string, text: string) => Bun.write(join(projectDir, "src/pipelines", path), text);
const load = (wanted?: string) => projectPipelines({ projectDir, canLoadCode: true, wanted });
const problems = async () => (await load()).broken;

/** A pipeline of one node. */
const oneNode = (name: string) => `import { node, pipeline } from "tegaki";
export const createPipeline = () =>
  pipeline([node({ name: "${name}", func: (x: number): number => x, inputs: "${name}_in", outputs: "${name}_out" })]);
`;

/** Leaves a trace in the process that loads it. */
const traced = (name: string) => `globalThis.${name} = true;\n${oneNode(name)}`;
const trace = (name: string) => (globalThis as unknown as Record<string, unknown>)[name];

test("projectPipelines() has the project's own pipelines after the built-in ones, with their files", async () => {
  await write("ink/nodes.ts", "export const count = (x: number): number => x + 1;\n");
  await write(
    "ink/pipeline.ts",
    `import { node, type Pipeline, pipeline } from "tegaki";
import { count } from "./nodes.ts";
export function createPipeline(): Pipeline {
  return pipeline([node({ name: "count_ink", func: count, inputs: "a", outputs: "b", tags: "mine" })]);
}
`,
  );
  await write("notes/readme.md", "no pipeline.ts: no pipeline");
  const { pipelines, files, broken } = await load();
  expect(broken).toEqual([]);
  expect(Object.keys(pipelines)).toEqual([
    "__default__",
    "tuning",
    "first",
    "de",
    "ds",
    "ft",
    "evaluate",
    "curve",
    "map",
    "ink",
  ]);
  expect(files).toEqual({ ink: "src/pipelines/ink/pipeline.ts" });
  expect(pipelines.ink!.nodes.map(String)).toEqual(["count_ink: count([a]) -> [b]"]);
  expect(pipelines.ink!.nodes[0]!.func(1)).toBe(2);
});

test("projectPipelines() names every node whose function does not fit its inputs, with the line of the first", async () => {
  await write(
    "misfit/pipeline.ts",
    `import { node, pipeline } from "tegaki";
export const createPipeline = () => pipeline([
  node({ name: "fits", func: (a: unknown, context: unknown) => [a, context], inputs: "x", outputs: "fit" }),
  node({ name: "misses", func: (a: unknown, b: unknown) => [a, b], inputs: "x", outputs: "y" }),
  node({ name: "drops", func: (a: unknown) => a, inputs: ["x", "y"], outputs: "z" }),
]);
`,
  );
  const { broken } = await load("misfit");
  expect(broken.map(({ problem }) => problem)).toEqual([
    'src/pipelines/misfit/pipeline.ts:4:17: node "misses": its function takes 2 arguments (a, b), and the node has 1 input. Add an input for each argument; only one more, called "context", receives the node\'s context; node "drops": its function takes 1 argument (a), and the node has 2 inputs. Remove an input, or add an argument',
  ]);
});

test("projectPipelines() gives createPipeline the built-in pipelines and awaits what it returns", async () => {
  await write(
    "__default__/pipeline.ts",
    `import { type BuiltIn, node, pipeline } from "tegaki";
export async function createPipeline({ pipelines }: BuiltIn) {
  const report = node({ name: "count", func: (train: unknown) => train, inputs: "train", outputs: "counts" });
  return pipelines.de.plus(pipeline([report]));
}
`,
  );
  const { pipelines, files, broken } = await load("__default__");
  expect(broken).toEqual([]);
  expect(pipelines.__default__!.nodes.map(({ name }) => name)).toEqual([
    "screen_labels",
    "split_mnist",
    "count",
    "draw_synthetic",
    "split_drawings",
  ]);
  expect(files).toEqual({ __default__: "src/pipelines/__default__/pipeline.ts" });
});

test("projectPipelines() runs no code when it may not, or when a built-in pipeline is requested", async () => {
  await write("quiet/pipeline.ts", traced("quiet"));
  await projectPipelines({ projectDir, canLoadCode: false });
  await load("tuning");
  await load("__default__");
  expect(trace("quiet")).toBeUndefined();
  await load("quiet");
  expect(trace("quiet")).toBe(true);
});

test("projectPipelines() is the built-in ones alone in a directory without src/pipelines", async () => {
  const { pipelines, files, broken } = await load();
  expect(Object.keys(pipelines)).toHaveLength(9);
  expect([files, broken]).toEqual([{}, []]);
});

test("projectPipelines() follows a link to a folder elsewhere", async () => {
  await Bun.write(join(projectDir, "elsewhere/pipeline.ts"), oneNode("linked"));
  await mkdir(join(projectDir, "src/pipelines"), { recursive: true });
  await symlink(join(projectDir, "elsewhere"), join(projectDir, "src/pipelines/linked"));
  expect((await load()).pipelines.linked!.nodes).toHaveLength(1);
});

const NO_EXPORT = "it must export a function createPipeline that returns a pipeline";

test.each([
  [
    "a syntax error",
    'import { node } from "tegaki";\n\nexport function createPipeline( { }\n',
    /^:3:\d+: Expected/,
  ],
  [
    "an error while it is loaded",
    "const x: any = JSON.parse('null');\n\nx.boom();\n",
    /^:3:1: TypeError: null is not an object/,
  ],
  [
    "an error in createPipeline",
    'interface A { a: 1 }\nexport function createPipeline() {\n  throw new Error("no luck");\n}\n',
    /^:3:\d+: no luck$/,
  ],
  ["a thrown value that is not an error", 'throw "just text";\n', /^: just text$/],
  [
    "a rejected promise",
    "export const createPipeline = () => Promise.reject(null);\n",
    /^:1:14: null was thrown, which is not an error$/,
  ],
  [
    "a name that the API does not have",
    'import { pipeline } from "tegaki";\nimport { nodde } from "tegaki";\nexport const createPipeline = () => pipeline([nodde({})]);\n',
    /^:2:10: "tegaki" has no "nodde"\. Did you mean "node"\?$/,
  ],
  [
    "an import of a file that does not exist",
    '\nimport { f } from "./nowhere.ts";\nexport const createPipeline = () => f;\n',
    /^:2:20: Cannot find module '\.\/nowhere\.ts' imported from src\/pipelines\/bad\/pipeline\.ts$/,
  ],
  ["no export", "export {};\n", `: ${NO_EXPORT}`],
  [
    "an export of another name",
    "export const create_pipeline = () => null;\n",
    `: ${NO_EXPORT}: it exports "create_pipeline"`,
  ],
  [
    "an array instead of a pipeline",
    "export const createPipeline = () => [];\n",
    ":1:14: createPipeline must return a pipeline, found an array: put pipeline(…) around it",
  ],
  [
    "nothing instead of a pipeline",
    "export const createPipeline = () => {};\n",
    ":1:14: createPipeline must return a pipeline, found undefined",
  ],
  [
    "no nodes",
    'import { pipeline } from "tegaki";\nexport const createPipeline = () => pipeline([]);\n',
    ":2:14: its pipeline has no nodes",
  ],
  [
    "a node without inputs and outputs",
    'import { node, pipeline } from "tegaki";\nexport const createPipeline = () =>\n  pipeline([node({ name: "x", func: () => 1, inputs: null, outputs: null })]);\n',
    /^:3:13: Node "x": it needs inputs or outputs, found neither$/,
  ],
  [
    "a cycle",
    'import { node, pipeline } from "tegaki";\nconst func = (x: number) => x;\nexport const createPipeline = () =>\n  pipeline([node({ name: "x", func, inputs: "a", outputs: "b" }), node({ name: "y", func, inputs: "b", outputs: "a" })]);\n',
    /^:3:14: Nodes depend on each other in a cycle: .*x -> y\. Break/,
  ],
  [
    "a node with the name of a built-in one",
    oneNode("split_mnist"),
    ':2:14: a node of the built-in pipeline "__default__" is also named "split_mnist". Rename yours',
  ],
] as const)(
  "projectPipelines() names file, line and reason of %s, and keeps the others",
  async (_, text, problem) => {
    await write("bad/pipeline.ts", text);
    await write("good/pipeline.ts", oneNode("good"));
    const { pipelines, broken } = await load();
    expect(broken.map(({ name }) => name)).toEqual(["bad"]);
    const where = "src/pipelines/bad/pipeline.ts";
    expect(broken[0]!.problem).toStartWith(where);
    const rest = broken[0]!.problem.slice(where.length);
    if (typeof problem === "string") expect(rest).toBe(problem);
    else expect(rest).toMatch(problem);
    expect(pipelines.good!.nodes).toHaveLength(1);
    expect(pipelines.tuning!.nodes.length).toBeGreaterThan(3);
  },
);

test("projectPipelines() names the file that the error is in, not the one that imports it", async () => {
  await write("bad/pipeline.ts", `import { f } from "./nodes.ts";\nexport const createPipeline = () => f;\n`);
  await write("bad/nodes.ts", "export const f = 1;\nexport const g = = 2;\n");
  expect(await problems()).toEqual([
    { name: "bad", problem: "src/pipelines/bad/nodes.ts:2:18: Unexpected =" },
  ]);
});

test("projectPipelines() refuses the name of a built-in pipeline, which then still is the built-in one", async () => {
  await write("tuning/pipeline.ts", oneNode("mine"));
  const { pipelines, files } = await load();
  expect(await problems()).toEqual([
    {
      name: "tuning",
      problem: 'src/pipelines/tuning/pipeline.ts: a built-in pipeline is named "tuning". Rename the folder',
    },
  ]);
  expect(pipelines.tuning!.nodes.some(({ name }) => name === "fine_tune")).toBe(true);
  expect(files).toEqual({});
});

test("projectPipelines() refuses a folder whose name cannot be typed as a pipeline's", async () => {
  await write("my ink/pipeline.ts", oneNode("ink"));
  expect((await problems())[0]!.problem).toBe(
    `src/pipelines/my ink/pipeline.ts: the pipeline has its folder's name, which may only contain letters, digits, "-", "_" and ".", found "my ink"`,
  );
});

test("projectPipelines() refuses two nodes of one name in two pipelines, and lets them share one", async () => {
  await write("a/pipeline.ts", oneNode("shared"));
  await write("b/pipeline.ts", oneNode("shared"));
  await write("c/pipeline.ts", oneNode("shared").replace("shared_in", "other"));
  expect(await problems()).toEqual([
    {
      name: "c",
      problem:
        'src/pipelines/c/pipeline.ts:2:14: a node of pipeline "a" is also named "shared". Rename yours',
    },
  ]);
});

test("pipelineNamed() says why a broken pipeline cannot be run, also when it is __default__", async () => {
  await write("__default__/pipeline.ts", "export {};\n");
  const all = await load("__default__");
  expect(() => pipelineNamed(all, "__default__")).toThrow(
    `Pipeline "__default__" is broken: src/pipelines/__default__/pipeline.ts: ${NO_EXPORT}`,
  );
  expect(() => pipelineNamed(all, "tunning")).toThrow('No pipeline "tunning". Did you mean "tuning"?');
  expect(() => pipelineNamed(all, "toString")).toThrow('No pipeline "toString"');
  expect(pipelineNamed(all, "de").nodes).toHaveLength(4);
});

test("pipelinesToServe() leaves the project's code alone and says so unless it may load it", async () => {
  await write("served/pipeline.ts", traced("served"));
  await write("bad/pipeline.ts", "export {};\n");
  const said: string[] = [];
  const log = createLog({ clock: systemClock, write: ({ message }) => said.push(message) });
  expect((await pipelinesToServe({ projectDir }, false, log)).pipelines).not.toHaveProperty("served");
  expect(trace("served")).toBeUndefined();
  expect(said.splice(0)).toEqual([
    "the project's own pipelines (bad, served) are left out; --load-code serves them",
  ]);

  expect((await pipelinesToServe({ projectDir }, true, log)).pipelines).toHaveProperty("served");
  expect(said).toEqual([
    "--load-code: this server runs the project's code in src/pipelines. Pipelines: served",
    `pipeline "bad" is left out: src/pipelines/bad/pipeline.ts: ${NO_EXPORT}`,
  ]);
});

test("userPipelineNames() finds none in tegaki's own source, where src/pipelines holds the built-in ones", async () => {
  expect(await userPipelineNames(join(import.meta.dir, "../.."))).toEqual([]);
});
