import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectPipelines } from "../../src/project/project-pipelines.ts";
import { userFrames } from "../../src/project/user-frames.ts";

let parent: string;
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), "tegaki-odd-")));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Writes a pipeline whose file imports another one. @returns the project directory. */
async function projectIn(folder: string) {
  const dir = join(parent, folder);
  const made = 'pipeline([node({ name: "n", func: fail, inputs: null, outputs: "x" })])';
  await Bun.write(
    join(dir, "src/pipelines/ink/pipeline.ts"),
    `import { node, pipeline } from "tegaki";\nimport { fail } from "./nodes.ts";\nexport const createPipeline = () => ${made};\n`,
  );
  const nodes = 'export const fail = (): number => {\n  throw new Error("no ink");\n};\n';
  await Bun.write(join(dir, "src/pipelines/ink/nodes.ts"), nodes);
  return dir;
}

const load = (projectDir: string) => projectPipelines({ projectDir, canLoadCode: true });

test.each([
  ...[
    "#",
    "%41",
    "%",
    "a b",
    "手書き",
    "a\nb",
    "*",
    "[a]",
    "{a,b}",
    "a'b",
    'a"b',
    "-x",
    "a;b",
    "x:y",
    "a&b",
    "🎈",
    "~",
    "$HOME",
    "(x)",
  ],
])("code of a project in a folder called %j is loaded, and its errors name their place", async (folder) => {
  const dir = await projectIn(folder);
  const { pipelines, broken } = await load(dir);
  expect(broken).toEqual([]);
  try {
    pipelines.ink!.nodes[0]!.func();
    expect.unreachable();
  } catch (error) {
    expect(userFrames(error, dir)[0]).toMatchObject({
      file: "src/pipelines/ink/nodes.ts",
      line: 2,
      column: 13,
    });
  }
});

test.each([
  ["?", "?"],
  ["a?b=c", "?"],
  ["\\", "\\"],
  ["a\\b", "\\"],
])(
  "code of a project in a folder called %j is not loaded, and one sentence says why",
  async (folder, character) => {
    const dir = await projectIn(folder);
    // What Bun would load instead.
    for (const other of ["", "a", "a/b"]) {
      const text = "globalThis.tegakiLoadedAnother = true;\nexport const createPipeline = () => null;\n";
      await Bun.write(join(parent, other, "src/pipelines/ink/pipeline.ts"), text);
    }
    const { pipelines, broken } = await load(dir);
    expect(Object.keys(pipelines)).not.toContain("ink");
    const problem = `src/pipelines/ink/pipeline.ts: code cannot be loaded from a path with "${character}". Rename the folder in the project's path that has it`;
    expect(broken).toEqual([{ name: "ink", problem }]);
    expect(globalThis).not.toHaveProperty("tegakiLoadedAnother");
  },
);
