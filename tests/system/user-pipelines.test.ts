import { afterAll, beforeAll, expect, test } from "bun:test";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { emptyProject, runCommand, startServer, until } from "../support/executable.ts";

/** The project that `tegaki init` created in the empty directory. */
let project: { dir: string; executable: string };
let remove: () => Promise<void>;
beforeAll(async () => {
  const empty = await emptyProject();
  remove = empty.remove;
  const made = await runCommand(empty, ["init", "ink"]);
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain(`Created a project in ${join(empty.dir, "ink")}. Next:\n  cd ink\n`);
  project = { dir: join(empty.dir, "ink"), executable: empty.executable };
});
afterAll(() => remove());

const tegaki = (...args: string[]) => runCommand(project, args);
const source = (name: string, text: string) =>
  Bun.write(join(project.dir, "src/pipelines", name, "pipeline.ts"), text);
const without = (name: string) => rm(join(project.dir, "src/pipelines", name), { recursive: true });
const json = (path: string) => Bun.file(join(project.dir, path)).json();

const BROKEN = `import { node, pipeline } from "tegaki";

export function createPipeline( { return pipeline([]) }
`;
const BUILT_IN = ["__default__", "tuning", "first", "de", "ds", "ft", "evaluate", "curve", "map"];

test("tegaki run --pipeline example runs the pipeline that init wrote, and the catalog saves its report", async () => {
  const { code, err, out } = await tegaki("run", "--pipeline", "example", "--json");
  expect([code, err.includes("measured 10000 images")]).toEqual([0, true]);
  expect(JSON.parse(out)).toMatchObject({ pipeline: "example", status: "done", model_version: null });
  const report = await json("data/08_reporting/example_report.json");
  expect(Object.values(report.images.mnist as Record<string, number>).reduce((a, b) => a + b)).toBe(60_000);
  expect(report.most_ink).toBe("0");
}, 60_000);

test("tegaki registry lists the project's pipelines after the built-in ones and shows where each comes from", async () => {
  expect(JSON.parse((await tegaki("registry", "list", "--json")).out)).toEqual([...BUILT_IN, "example"]);
  const { out } = await tegaki("registry", "describe", "example");
  expect(out).toStartWith("example, from src/pipelines/example/pipeline.ts\ncount_digits\n");
  expect((await tegaki("registry", "describe", "tuning")).out).toStartWith("tuning, built in\n");
});

test("tegaki run takes a slice of a project's pipeline", async () => {
  const { code, err } = await tegaki("run", "-p", "example", "--to-outputs", "digit_ink");
  expect(code).toBe(0);
  expect(err).toContain("[1/1] measure_ink");
}, 60_000);

test("a broken file is named with line and reason, and everything else works", async () => {
  await source("bad", BROKEN);
  const list = await tegaki("registry", "list");
  expect(list.code).toBe(0);
  expect(list.out).toBe(`${[...BUILT_IN, "example"].join("\n")}\n`);
  expect(list.err).toMatch(
    /^tegaki: pipeline "bad" is left out: src\/pipelines\/bad\/pipeline\.ts:3:\d+: Expected .*\n$/,
  );
  for (const args of [
    ["run", "-p", "bad"],
    ["registry", "describe", "bad"],
  ]) {
    const { code, out, err } = await tegaki(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /^tegaki: Pipeline "bad" is broken: src\/pipelines\/bad\/pipeline\.ts:3:\d+: Expected .*\n$/,
    );
  }
  const builtIn = await tegaki("run", "-p", "tuning", "--to-nodes", "split_drawings");
  expect([builtIn.code, builtIn.err.includes("left out")]).toEqual([0, false]);
  await without("bad");
}, 60_000);

test.each([
  [
    "throws",
    'const none: any = JSON.parse("null");\nnone.boom();\n',
    /pipeline\.ts:2:\d+: TypeError: .*none\.boom/,
  ],
  [
    "lacks",
    'import { nodde } from "tegaki";\nexport const createPipeline = () => nodde();\n',
    /:1:10: "tegaki" has no "nodde"/,
  ],
  [
    "package",
    'import { x } from "some-package";\nexport const createPipeline = () => x;\n',
    /:1:20: Cannot find package 'some-package'/,
  ],
  [
    "de",
    'import { pipeline } from "tegaki";\nexport const createPipeline = () => pipeline([]);\n',
    /"de" is left out: .*a built-in pipeline is named "de"/,
  ],
  [
    "cycle",
    'import { node, pipeline } from "tegaki";\nconst func = (x: number) => x;\nexport const createPipeline = () =>\n  pipeline([node({ name: "x", func, inputs: "a", outputs: "b" }), node({ name: "y", func, inputs: "b", outputs: "a" })]);\n',
    /pipeline\.ts:3:14: Nodes depend on each other in a cycle/,
  ],
])("the executable reports what is wrong with a pipeline named %p", async (name, text, problem) => {
  await source(name, text);
  const { code, err } = await tegaki("registry", "list");
  expect(code).toBe(0);
  expect(err).toMatch(problem);
  expect(err.trim().split("\n")).toHaveLength(1);
  await without(name);
});

test("a project's __default__ is what tegaki run runs, and may use the built-in pipelines", async () => {
  await source(
    "__default__",
    `import { type BuiltIn, node, pipeline } from "tegaki";
import { rows } from "../shared.ts";
export function createPipeline({ pipelines }: BuiltIn) {
  const count = node({ name: "count_rows", func: rows, inputs: ["train", "valid"], outputs: "example_report" });
  return pipelines.de!.plus(pipeline([count]));
}
`,
  );
  const shared = join(project.dir, "src/pipelines/shared.ts");
  await Bun.write(
    shared,
    `import type { ImageSet } from "tegaki";
export const rows = (a: ImageSet, b: ImageSet): number => a.labels.length + b.labels.length;
`,
  );
  // Without synthetic digits, which take a while to generate.
  const { code } = await tegaki(
    "run",
    "--params",
    "synthesis.digits=0,synthesis.redrawn=0,synthesis.negatives=0",
  );
  expect(code).toBe(0);
  expect(await json("data/08_reporting/example_report.json")).toBe(60_000);
  expect((await tegaki("registry", "describe")).out).toStartWith(
    "__default__, from src/pipelines/__default__/",
  );
  await without("__default__");
  await rm(shared);
}, 60_000);

test("a project's pipeline imports packages of its node_modules, and Bun's own modules", async () => {
  const folder = join(project.dir, "node_modules/some-package");
  await Bun.write(join(folder, "package.json"), '{"type":"module","exports":{".":"./lib/index.js"}}');
  await Bun.write(join(folder, "lib/index.js"), 'export const title = "from_a_package";\n');
  await source(
    "packaged",
    `import { basename } from "node:path";
import { title } from "some-package";
import { node, pipeline } from "tegaki";
export const createPipeline = () =>
  pipeline([node({ name: title, func: () => basename(Bun.main), inputs: null, outputs: "o" })]);
`,
  );
  const { out } = await tegaki("registry", "describe", "packaged");
  expect(out).toStartWith("packaged, from src/pipelines/packaged/pipeline.ts\nfrom_a_package\n");
  await without("packaged");
  await rm(join(project.dir, "node_modules"), { recursive: true });
});

test("tegaki run --no-user-code knows the built-in pipelines only", async () => {
  const { code, err } = await tegaki("run", "-p", "example", "--no-user-code");
  expect(code).toBe(2);
  expect(err).toMatch(/^tegaki: No pipeline "example"\. Available pipelines: __default__, .*\n$/);
});

test("tegaki init refuses to overwrite, names the file and writes nothing", async () => {
  const before = await stat(join(project.dir, ".gitignore"));
  const again = await tegaki("init", ".");
  expect([again.code, again.out]).toEqual([2, ""]);
  expect(again.err).toMatch(
    /^tegaki: Cannot create a project in .*: \.gitignore already exists \(and \d+ more\)\. .*\n$/,
  );
  expect((await stat(join(project.dir, ".gitignore"))).mtimeMs).toBe(before.mtimeMs);
  expect((await tegaki("init")).code).toBe(2);
});

const start = (pipeline: string, url: string) =>
  fetch(`${url}/api/v1/runs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ pipeline, params: {} }),
  });

test("tegaki serve does not load the project's code and says so", async () => {
  await source("noisy", 'console.log("noisy was loaded");\n');
  const server = await startServer(project);
  try {
    expect(server.printed()).toContain("the project's own pipelines (example, noisy) are left out");
    const answer = await start("example", server.url);
    expect(answer.status).toBe(422);
    expect(server.printed()).not.toContain("noisy was loaded");
  } finally {
    await server.stop();
    await without("noisy");
  }
}, 60_000);

test("tegaki serve --load-code says that it loads it, and also runs the project's pipelines", async () => {
  const server = await startServer(project, {}, 0, ["--load-code"]);
  try {
    expect(server.printed()).toContain("--load-code: this server runs the project's code in src/pipelines");
    const answer = await start("example", server.url);
    expect(answer.status).toBe(202);
    const { run_id } = (await answer.json()) as { run_id: string };
    const run = await until(
      async () => (await (await fetch(`${server.url}/api/v1/runs/${run_id}`)).json()) as { status: string },
      ({ status }) => status !== "running" && status !== "queued",
    );
    expect(run).toMatchObject({ pipeline: "example", status: "done" });
  } finally {
    await server.stop();
  }
}, 60_000);

test("a node that throws names file and line of the TypeScript source, in the executable as well", async () => {
  const text = `import { node, pipeline } from "tegaki";

interface Row {
  price: number;
}
const priceOf = (rows: Row[]): number => {
  if (rows.length === 0) throw new RangeError("no rows", { cause: new Error("an empty file") });
  return rows[0]!.price;
};
async function load(): Promise<{ price: number }> {
  await Bun.sleep(1);
  return { price: priceOf([]) };
}
export const createPipeline = () =>
  pipeline([node({ func: load, inputs: null, outputs: "price", name: "load" })]);
`;
  await source("throwing", text);
  const { code, err } = await tegaki("run", "-p", "throwing");
  await without("throwing");
  const file = "src/pipelines/throwing/pipeline.ts";
  expect(code).toBe(1);
  expect(err).toEndWith(`[1/1] load
  failed: load
    RangeError: no rows
      at priceOf (${file}:7:36)
      at load (${file}:12:19)
    Caused by Error: an empty file
      at priceOf (${file}:7:71)
      at load (${file}:12:19)
tegaki: Node "load" failed: no rows
`);
}, 60_000);

test.each([
  [
    "ends the process",
    "process.exit(0)",
    /^tegaki: The process was ended before its run, as by process\.exit\(\) in a node\./m,
  ],
  [
    "throws in a timer",
    'setTimeout(() => { throw new Error("late"); }, 1); await Bun.sleep(2_000)',
    /thrown where no node waits for it.*\ntegaki: Error: late\ntegaki: {3}at .*src\/pipelines\/late\/pipeline\.ts:3:/,
  ],
  [
    "leaves a promise that fails",
    'Promise.reject(new Error("late")); await Bun.sleep(2_000)',
    /thrown where no node waits for it.*\ntegaki: Error: late\ntegaki: {3}at .*src\/pipelines\/late\/pipeline\.ts:3:/,
  ],
])("a node that %s fails the run, with the reason and without a foreign stack", async (_, act, message) => {
  const text = `import { node, pipeline } from "tegaki";
const func = async () => {
  ${act};
  return 1;
};
export const createPipeline = () => pipeline([node({ name: "late", func, inputs: null, outputs: "x" })]);
`;
  await source("late", text);
  const { code, err } = await tegaki("run", "-p", "late");
  await without("late");
  expect(code).toBe(1);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/bunfs|Bun v/);
});
