import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectTypes } from "../../src/build/project-types.ts";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import type { NodeContext } from "../../src/engine/pipeline/node-spec.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { projectPipelines } from "../../src/project/project-pipelines.ts";
import { registerProjectApi } from "../../src/project-api/tegaki-module.ts";
import { createTraining } from "../../src/training/create-training.ts";
import { type Claim, type Example, examplesIn, withClaims } from "./examples.ts";
import { complaintsAbout } from "./type-check.ts";

// The examples in the doc comments of what a project imports, as they stand in the project's `tegaki.d.ts`.

const ROOT = join(import.meta.dir, "../..");
const examples = examplesIn(projectTypes());

/** What a reader should find an example of. */
const SHOWN = [
  ...["InputError", "Node", "Pipeline", "PipelineError", "createRandom", "node", "pipeline"],
  ...["BuiltIn", "CreatePipeline", "ModularOptions", "NodeContext", "NodeFunction", "NodeSpec"],
  ...["PipelineFilter", "Training"],
];

let dir: string;
const claims: Claim[] = [];
beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), "tegaki-examples-")));
  (globalThis as { claim?: unknown }).claim = (...claim: Claim) => claims.push(claim);
  registerProjectApi();
});
afterAll(async () => {
  delete (globalThis as { claim?: unknown }).claim;
  await rm(dir, { recursive: true, force: true });
});

const hasPipeline = ({ code }: Example) => /^export (const|(async )?function) createPipeline\b/m.test(code);
const write = (path: string, code: string) => Bun.write(join(dir, path), withClaims(code));

test("every function, class and contract of the project API has an example", () => {
  expect([...new Set(examples.map(({ of }) => of))].sort()).toEqual(SHOWN.sort());
});

test("the examples of the project API compile in a project", () => {
  const files = examples.map(({ of, code }, i) => [`src/${of}-${i}.ts`, code] as const);
  expect(complaintsAbout(Object.fromEntries(files))).toEqual([]);
}, 60_000);

test.each(
  examples.filter((example) => !hasPipeline(example)).map((example) => [example.of, example] as const),
)("the example of %s gives what it says", async (of, example) => {
  const lines = example.code.match(/\/\/ => /g)?.length ?? 0;
  const path = `examples/${of}-${examples.indexOf(example)}.ts`;
  await write(path, example.code);
  claims.length = 0;
  await import(join(dir, path));
  expect(lines).toBeGreaterThan(0);
  expect(claims).toHaveLength(lines);
  for (const [given, claimed] of claims) expect(given).toEqual(claimed);
});

test("the example pipelines load as pipelines of a project, and the one of Training evaluates the base model", async () => {
  const shown = examples.filter(hasPipeline);
  for (const { of, code } of shown) await write(`src/pipelines/${of}/pipeline.ts`, code);
  const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
  const backend = await initBackend({ threads: 1, workerUrl });
  try {
    const training = createTraining(backend);
    const { pipelines, broken } = await projectPipelines({ projectDir: dir, canLoadCode: true, training });
    expect(broken).toEqual([]);
    expect(Object.keys(pipelines)).toEqual(expect.arrayContaining(shown.map(({ of }) => of)));
    const blank = { rows: 28, cols: 28, images: new Uint8Array(2 * 784), labels: Uint8Array.of(0, 1) };
    const model = await readModelFiles(join(ROOT, "conf/base/model"));
    const context: NodeContext = { signal: new AbortController().signal, progress() {}, log() {} };
    const accuracy = await pipelines.Training!.nodes[0]!.func(model, blank, context);
    // Two equal images with different labels: at most one of the answers is right.
    expect([0, 0.5]).toContain(accuracy as number);
  } finally {
    backend.dispose();
  }
}, 60_000);
