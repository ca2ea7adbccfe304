import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import ts from "typescript";
import { projectTemplate } from "../../src/build/project-template.ts";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { loadConfig } from "../../src/config/load.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import { UnavailableError, UsageError } from "../../src/lib/errors.ts";
import { initProject } from "../../src/project/init.ts";
import { projectPipelines } from "../../src/project/project-pipelines.ts";
import type { Runtime } from "../../src/project/runtime.ts";
import { testNeeding } from "../support/needing.ts";

const ROOT = join(import.meta.dir, "../..");

let template: Record<string, string>;
let runtime: Runtime;
beforeAll(async () => {
  template = await projectTemplate();
  runtime = { embedded: { project: async () => template } } as unknown as Runtime;
});

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "tegaki-init-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Made once, for tests that only read it. */
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-project-"));
  await initProject(runtime, dir);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const filesIn = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

test("initProject() writes config, data layers, an example pipeline, its types and what git ignores", async () => {
  const made = await initProject(runtime, join(parent, "some/ink"));
  expect(made.dir).toBe(join(parent, "some/ink"));
  expect(made.files).toEqual([
    ".gitignore",
    "README.md",
    "conf/base/catalog.yml",
    "conf/base/parameters.yml",
    "conf/base/server.yml",
    "conf/local/.gitkeep",
    "data/01_raw/.gitkeep",
    "data/03_primary/.gitkeep",
    "data/05_model_input/.gitkeep",
    "data/06_models/.gitkeep",
    "data/08_reporting/.gitkeep",
    "src/pipelines/example/nodes.ts",
    "src/pipelines/example/pipeline.ts",
    "tegaki.d.ts",
    "tsconfig.json",
  ]);
  expect((await filesIn(made.dir)).sort()).toEqual(made.files.map((file) => join(made.dir, file)).sort());
  expect(await Bun.file(join(made.dir, "README.md")).text()).toStartWith("# ink\n");
  expect((await stat(join(made.dir, "data"))).mode & 0o777).toBe(0o700);
});

test("initProject() writes into a directory that has other files and leaves them", async () => {
  await Bun.write(join(parent, "notes.md"), "mine");
  await initProject(runtime, parent);
  expect(await Bun.file(join(parent, "notes.md")).text()).toBe("mine");
  expect(await Bun.file(join(parent, "tsconfig.json")).exists()).toBe(true);
});

test("initProject() writes nothing when one of its files already exists, and names it", async () => {
  await Bun.write(join(parent, "conf/base/parameters.yml"), "epochs: 3\n");
  const message = `Cannot create a project in ${parent}: conf/base/parameters.yml already exists. Nothing was written. Choose another name`;
  expect(initProject(runtime, parent)).rejects.toThrow(new UsageError(message));
  expect(await filesIn(parent)).toEqual([join(parent, "conf/base/parameters.yml")]);
  expect(await Bun.file(join(parent, "conf/base/parameters.yml")).text()).toBe("epochs: 3\n");
});

test("initProject() does not follow a link in place of a file, even a broken one", async () => {
  await symlink(join(parent, "outside"), join(parent, "README.md"));
  expect(initProject(runtime, parent)).rejects.toThrow(/README\.md already exists/);
  expect(await readdir(parent)).toEqual(["README.md"]);
});

test("initProject() does not take an empty name for this directory", async () => {
  expect(initProject(runtime, "")).rejects.toThrow(/needs a name/);
});

test("initProject() removes what it wrote when a folder cannot be created", async () => {
  await Bun.write(join(parent, "src"), "a file where a folder should be");
  expect(initProject(runtime, parent)).rejects.toThrow(UnavailableError);
  await initProject(runtime, parent).catch(() => {});
  expect(await filesIn(parent)).toEqual([join(parent, "src")]);
});

testNeeding(TEST_NEEDS.ordinaryUser, "initProject() says that it may not write", async () => {
  const folder = join(parent, "locked");
  await mkdir(folder);
  await chmod(folder, 0o500);
  expect(initProject(runtime, folder)).rejects.toThrow(UnavailableError);
});

test("a new project's config is valid, and changes nothing of what is built in but its own dataset", async () => {
  const base = Object.fromEntries(
    await Promise.all(
      ["catalog.yml", "parameters.yml", "server.yml"].map(
        async (name) => [name, await Bun.file(join(ROOT, "conf/base", name)).text()] as const,
      ),
    ),
  );
  const sources = { base, environ: {}, datasetTypes: DATASET_TYPES };
  const builtIn = await loadConfig({ ...sources, dir: parent });
  const project = await loadConfig({ ...sources, dir });
  expect(project.parameters).toEqual(builtIn.parameters);
  expect(project.server).toEqual(builtIn.server);
  const { example_report, ...catalog } = project.catalog;
  expect(catalog).toEqual(builtIn.catalog);
  expect(example_report).toMatchObject({ type: "json", filepath: "data/08_reporting/example_report.json" });
});

test("a new project's config has every built-in setting as a comment that can be uncommented", async () => {
  const text = await Bun.file(join(dir, "conf/base/parameters.yml")).text();
  const defaults = text.slice(text.indexOf("#\n") + 2).replaceAll(/^# ?/gm, "");
  expect(defaults).toBe(await Bun.file(join(ROOT, "conf/base/parameters.yml")).text());
});

test("the example pipeline loads, and its nodes give the report", async () => {
  const { pipelines, broken } = await projectPipelines({ projectDir: dir, canLoadCode: true });
  expect(broken).toEqual([]);
  const values: Record<string, unknown> = {
    mnist_data: { train: images([1, 1, 0]), test: images([0, 1, 1]) },
    app_data: { train: images([1]), holdout: images([]) },
    "params:classes": ["0", "1"],
    "params:example.decimals": 4,
  };
  const said: unknown[] = [];
  const context = { progress: (data: unknown) => said.push(data), log: (line: string) => said.push(line) };
  for (const { func, spec } of pipelines.example!.nodes) {
    const { inputs } = spec;
    const read = Array.isArray(inputs)
      ? inputs.map((name) => values[name])
      : [Object.fromEntries(Object.entries(inputs!).map(([field, name]) => [field, values[name]]))];
    values[spec.outputs as string] = func(...read, context);
  }
  // An image of label d has d of its 4 pixels inked.
  expect(values.example_report).toEqual({
    images: { mnist: { 0: 1, 1: 2 }, drawings: { 0: 0, 1: 1 } },
    ink: { 0: 0, 1: 0.25 },
    most_ink: "1",
  });
  expect(said).toEqual([{ image: 0, images: 3 }, "measured 3 images"]);
});

test("the compiler finds nothing in a new project, and the mistakes in a file that uses the API wrongly", async () => {
  await initProject(runtime, parent);
  await Bun.write(
    join(parent, "src/pipelines/wrong/pipeline.ts"),
    `import { node, pipeline, nodde } from "tegaki";
import type { BuiltIn, Training } from "tegaki";
export const createPipeline = ({ pipelines, training }: BuiltIn) => {
  const train: Training["train"] = training.train;
  return pipelines.de!.plus(pipeline([node({ func: 1, inputs: ["a"], outputs: "b" })]), train);
};
`,
  );
  expect(complaints(parent)).toEqual([
    `src/pipelines/wrong/pipeline.ts:1: '"tegaki"' has no exported member named 'nodde'`,
    "src/pipelines/wrong/pipeline.ts:5: Type 'number' is not assignable to type 'NodeFunction'",
    "src/pipelines/wrong/pipeline.ts:5: Expected 1 arguments, but got 2",
  ]);
}, 120_000);

/** Two by two pixels each: as many inked ones as the label says. */
function images(labels: number[]) {
  const pixels = labels.flatMap((label) => [0, 1, 2, 3].map((i) => (i < label ? 255 : 0)));
  return { rows: 2, cols: 2, images: Uint8Array.from(pixels), labels: Uint8Array.from(labels) };
}

/** Returns the errors of `tsc -p` for the project: file, line and the first sentence. */
function complaints(project: string): string[] {
  const { config } = ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  // The libraries of the language are not ours to check.
  const program = ts.createProgram(fileNames, { ...options, skipDefaultLibCheck: true });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    const text = ts.flattenDiagnosticMessageText(messageText, " ").split(".")[0];
    return `${relative(project, file?.fileName ?? project)}:${line}: ${text}`;
  });
}
