import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Application } from "../../../src/commands/application.ts";
import { runProgram } from "../../../src/commands/program.ts";
import type { RunOptions } from "../../../src/runs/run-options.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-run-config-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** The options that `tegaki run --config FILE` passes on, for a file with this text; null when it was refused. */
async function run(text: string, ...flags: string[]) {
  const file = join(dir, "run.yml");
  await Bun.write(file, text);
  const asked: RunOptions[] = [];
  const app = {
    version: "9.9.9",
    async run(options: RunOptions) {
      asked.push(options);
      return { run_id: "r", pipeline: options.pipeline, seconds: 1, skipped: [], model_version: null };
    },
  } as unknown as Application;
  let err = "";
  const terminal = {
    out: () => {},
    err: (line: string) => {
      err += line;
    },
    isInteractive: false,
  };
  const code = await runProgram(["run", "-c", file, ...flags], app, terminal);
  return { code, err: err.replaceAll(file, "run.yml"), options: asked[0] ?? null };
}

const KEDRO = `run:
  tags: tag1, tag2
  pipeline: tuning
  runner: ThreadRunner
  runner_params: {max_workers: 2}
  node_names: [node1, node2]
  from_inputs: a
  load_versions: {metrics: 2026-01-01T00.00.00.000Z}
  env: prod
  params:
    epochs: 3
    ink: {width: 2, colours: [a, b]}
  only_missing_outputs: true
`;

test("tegaki run --config takes Kedro's file of flags, and records the flags themselves", async () => {
  const { options, code } = await run(KEDRO);
  expect(code).toBe(0);
  expect(options).toMatchObject({
    pipeline: "tuning",
    tags: ["tag1", "tag2"],
    runner: "ThreadRunner",
    maxWorkers: 2,
    nodes: ["node1", "node2"],
    fromInputs: ["a"],
    loadVersions: { metrics: "2026-01-01T00.00.00.000Z" },
    env: "prod",
    params: 'epochs=3,ink.width=2,ink.colours=["a","b"]',
    onlyMissingOutputs: true,
  });
  expect(options!.commandLine).toBe(
    'tegaki run --env prod --params \'epochs=3,ink.width=2,ink.colours=["a","b"]\' --pipeline tuning --nodes node1,node2 --from-inputs a --tags tag1,tag2 --load-versions metrics:2026-01-01T00.00.00.000Z --runner ThreadRunner --runner-params max_workers=2 --only-missing-outputs',
  );
});

test("tegaki run lets typed flags take precedence over --config, flag by flag", async () => {
  const { options } = await run(KEDRO, "-t", "tag3", "--pipelines", "de,ds", "--params", "seed=1");
  expect(options).toMatchObject({
    pipeline: "de,ds",
    tags: ["tag3"],
    params: "seed=1",
    runner: "ThreadRunner",
  });
});

test.each<[string, string, RegExp]>([
  [
    "an unknown key",
    "run:\n  tag: a\n",
    /^tegaki: run.yml:2:3: run: unknown key "tag". Did you mean "tags"\?\n$/,
  ],
  ["no run:", "tags: a\n", /^tegaki: run.yml:1:1: expected "run:" with the flags of tegaki run in it\n$/],
  ["a run: that is a list", "run: [a]\n", /^tegaki: run.yml:1:\d: expected "run:"/],
  [
    "a value of the wrong form",
    "run:\n  tags: {a: 1}\n  env: [a]\n",
    /run.tags: must be a string or a list of strings\n.*run.env: must be a string\n$/,
  ],
  ["a switch that is a word", "run: {only_missing_outputs: always}\n", /must be true or false/],
  ["an unknown runner", "run: {runner: SparkRunner}\n", /run.runner: Allowed choices are SequentialRunner/],
  ["a malformed version", "run: {load_versions: metrics}\n", /run.load_versions: expected dataset:version/],
  ["broken YAML", "run: {\n", /^tegaki: run.yml:\d+:\d+: /],
  [
    "two ways to name the pipeline",
    "run: {pipeline: a, pipelines: b}\n",
    /--pipeline and --pipelines cannot be combined/,
  ],
])("tegaki run --config with %s is bad usage, with its place", async (_, text, message) => {
  const { code, err, options } = await run(text);
  expect([code, options]).toEqual([2, null]);
  expect(err).toMatch(message);
});

test("tegaki run names a --config that does not exist", async () => {
  const { code, err } = await run("", "-c", join(dir, "nowhere.yml"));
  expect(code).toBe(2);
  expect(err).toMatch(/^tegaki: Cannot read --config .*nowhere.yml: ENOENT/);
});

test("run -c warns of a value that YAML 1.1 reads differently", async () => {
  const { code, err, options } = await run("run:\n  params: {shuffle: no}\n");
  expect([code, options?.params]).toEqual([0, 'shuffle="no"']);
  expect(err).toStartWith('tegaki: Warning: run.yml:2:21: no is the text "no" here, and false in YAML 1.1');
});
