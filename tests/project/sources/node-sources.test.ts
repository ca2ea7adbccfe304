import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findNodeSources } from "../../../src/project/sources/node-sources.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tegaki-sources-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const PIPELINE = "src/pipelines/p/pipeline.ts";

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await Bun.write(join(root, path), text);
  }
}
const find = async (...nodes: [name: string, funcName?: string][]) =>
  findNodeSources(
    root,
    PIPELINE,
    nodes.map(([name, funcName = ""]) => ({ name, funcName })),
  );

test("findNodeSources() shows an imported function as it is written, with its comment, file and line", async () => {
  const code = `/** Doubles. */
export const double = (xs: readonly number[]): number[] => {
  return xs.map((x) => 2 * x); // not "}"
};`;
  await write({
    [PIPELINE]: `import { node } from "tegaki";
import { double as twice } from "./nodes.ts";
node({ name: "a", func: twice, inputs: "x", outputs: "y" });`,
    "src/pipelines/p/nodes.ts": `// Of the file, not of the function.\n\n${code}\n\nexport const other = 1;`,
  });
  expect(await find(["a"])).toEqual([{ file: "src/pipelines/p/nodes.ts", line: 4, code }]);
});

test("findNodeSources() follows factories, members, renamed and starred exports, and default ones", async () => {
  await write({
    [PIPELINE]: `import { node as step } from "tegaki";
import * as all from "../../shared/index.ts";
import keep, { second } from "./nodes";
export function createPipeline() {
  const local = () => 1;
  return [
    step({ name: "made", func: keep(3), inputs: "x", outputs: "y" }),
    step({ name: "member", func: all.load, inputs: "x", outputs: "y" }),
    step({ name: "renamed", func: second as never, inputs: "x", outputs: "y" }),
    step({ name: "local", func: local, inputs: "x", outputs: "y" }),
    step({ name: "inline", inputs: "x", outputs: "y", func: (x: number) => x + 1 }),
    step({ name: "method", inputs: "x", outputs: "y", func(x) { return x; } }),
  ];
}`,
    "src/pipelines/p/nodes.ts": `export default function keep(n: number) { return () => n; }
const first = () => 1;
export { first as second };`,
    "src/shared/index.ts": `export * from "./load.ts";`,
    "src/shared/load.ts": "export async function load() {}",
  });
  const found = await find(["made"], ["member"], ["renamed"], ["local"], ["inline"], ["method"]);
  expect(found.map((source) => source && `${source.file}:${source.line} ${source.code}`)).toEqual([
    "src/pipelines/p/nodes.ts:1 export default function keep(n: number) { return () => n; }",
    "src/shared/load.ts:1 export async function load() {}",
    "src/pipelines/p/nodes.ts:2 const first = () => 1;",
    `${PIPELINE}:5 const local = () => 1;`,
    `${PIPELINE}:11 (x: number) => x + 1`,
    `${PIPELINE}:12 func(x) { return x; }`,
  ]);
});

test("findNodeSources() takes of two nodes of one name that of the function that runs, and goes by its name else", async () => {
  await write({
    [PIPELINE]: `import { node } from "tegaki";
const one = () => 1;
const two = () => 2;
const many = [1, 2].map((i) => node({ name: \`n\${i}\`, func: one, inputs: "x", outputs: "y" }));
node({ name: "same", func: one, inputs: "x", outputs: "y" });
node({ name: "same", func: two, inputs: "x", outputs: "y" });`,
  });
  const found = await find(["same", "two"], ["same", "one"], ["n1", "one"], ["n1", "nobody"]);
  expect(found.map((source) => source?.code ?? null)).toEqual([
    "const two = () => 2;",
    "const one = () => 1;",
    "const one = () => 1;",
    null,
  ]);
});

test("findNodeSources() reads nothing outside the project, no packages, no broken and no huge files", async () => {
  const outside = await mkdtemp(join(tmpdir(), "tegaki-outside-"));
  await Bun.write(join(outside, "secret.ts"), "export const secret = 1;");
  await write({
    [PIPELINE]: `import { node } from "tegaki";
import { secret } from "./link.ts";
import { secret as up } from "../../../../${outside.split("/").at(-1)}/secret.ts";
import { huge } from "./huge.ts";
import { broken } from "./broken.ts";
import { loop } from "./loop.ts";
for (const func of [secret]) node({ name: "link", func: secret, inputs: "x", outputs: "y" });
node({ name: "up", func: up, inputs: "x", outputs: "y" });
node({ name: "huge", func: huge, inputs: "x", outputs: "y" });
node({ name: "broken", func: broken, inputs: "x", outputs: "y" });
node({ name: "loop", func: loop, inputs: "x", outputs: "y" });`,
    "src/pipelines/p/huge.ts": `export const huge = 1; // ${"x".repeat(1_000_000)}`,
    "src/pipelines/p/broken.ts": "export const broken = = =;;; }}}",
    "src/pipelines/p/loop.ts": `export * from "./loop.ts"; export { loop } from "./loop.ts";`,
  });
  await symlink(join(outside, "secret.ts"), join(root, "src/pipelines/p/link.ts"));
  expect(await find(["link"], ["up"], ["huge"], ["broken"], ["loop"])).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  await rm(outside, { recursive: true });
  await rm(join(root, PIPELINE));
  expect(await find(["link"])).toEqual([null]);
});
