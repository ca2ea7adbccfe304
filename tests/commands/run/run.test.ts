import { expect, test } from "bun:test";
import type { Application } from "../../../src/commands/application.ts";
import { runProgram } from "../../../src/commands/program.ts";
import type { RunOptions } from "../../../src/runs/run-options.ts";

/** The options that `tegaki run` passes on for these flags; null when it was refused. */
async function run(...flags: string[]) {
  const passed: RunOptions[] = [];
  const app = {
    version: "9.9.9",
    async run(options: RunOptions) {
      passed.push(options);
      options.onProgress.nodeSkipped("train", 2, 5, "skipped: inputs, params, catalog, code unchanged");
      return {
        run_id: "r1",
        pipeline: options.pipeline,
        status: "done" as const,
        seconds: 1.2,
        skipped: [{ node: "train", reason: "inputs, params, catalog, code unchanged" }],
        metrics: {},
        model_version: null,
        promoted: false,
        report: null,
      };
    },
  } as unknown as Application;
  let out = "";
  let err = "";
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    isInteractive: false,
  };
  const code = await runProgram(["run", ...flags], app, terminal);
  return { code, out, err, options: passed[0] ?? null };
}

test("tegaki run without flags runs __default__, skipping unchanged nodes", async () => {
  const { options } = await run();
  expect(options).toMatchObject({ pipeline: "__default__", isCached: true, commandLine: "tegaki run" });
  expect(options!.runner).toBeUndefined();
  expect(options!.resume).toBeUndefined();
});

test("tegaki run reports skipped nodes, one per line and in the summary", async () => {
  const { out, err } = await run();
  expect(err).toBe("[2/5] train skipped: inputs, params, catalog, code unchanged\n");
  expect(out).toBe("Run r1 of __default__ done in 1.2 s (1 node skipped)\n");
});

test.each<[string[], Partial<RunOptions>, string]>([
  [["-r", "ParallelRunner"], { runner: "ParallelRunner" }, "tegaki run --runner ParallelRunner"],
  [["--runner=ThreadRunner"], { runner: "ThreadRunner" }, "tegaki run --runner ThreadRunner"],
  [
    ["-lv", "metrics:2026-01-01T00.00.00.000Z,model:v1:x", "--load-versions", "top:b"],
    { loadVersions: { metrics: "2026-01-01T00.00.00.000Z", model: "v1:x", top: "b" } },
    "tegaki run --load-versions metrics:2026-01-01T00.00.00.000Z,model:v1:x,top:b",
  ],
  [["--pipelines", "de, ds"], { pipeline: "de,ds" }, "tegaki run --pipelines de,ds"],
  [
    ["-r", "ThreadRunner", "--runner-params", "max_workers=2"],
    { runner: "ThreadRunner", maxWorkers: 2 },
    "tegaki run --runner ThreadRunner --runner-params max_workers=2",
  ],
  [["--conf-source", "../conf"], { confSource: "../conf" }, "tegaki run --conf-source ../conf"],
  [["-ns", "a.b,c"], { namespaces: ["a.b", "c"] }, "tegaki run --namespaces a.b,c"],
  [["--only-missing-outputs"], { onlyMissingOutputs: true }, "tegaki run --only-missing-outputs"],
  [["--no-cache"], { isCached: false }, "tegaki run --no-cache"],
  [["--continue-on-error"], { continueOnError: true }, "tegaki run --continue-on-error"],
  [["--resume", "r0"], { resume: "r0" }, "tegaki run --resume r0"],
  [
    ["--resume", "r0", "-r", "ParallelRunner"],
    { resume: "r0", runner: "ParallelRunner" },
    "tegaki run --runner ParallelRunner --resume r0",
  ],
  [["--run-id", "r9"], { runId: "r9", isCached: false }, "tegaki run"],
])(
  "tegaki run %j is passed on, with the command line that repeats it",
  async (flags, expected, commandLine) => {
    const { options, code } = await run(...flags);
    expect(code).toBe(0);
    expect(options).toMatchObject({ ...expected, commandLine });
  },
);

test.each<[string[], RegExp]>([
  [
    ["-r", "SparkRunner"],
    /'SparkRunner' is invalid. Allowed choices are SequentialRunner, ParallelRunner, ThreadRunner/,
  ],
  [["-lv", "metrics"], /expected dataset:version, found "metrics"/],
  [["-lv", "metrics:"], /expected dataset:version/],
  [["-lv", ":v"], /expected dataset:version/],
  [["-lv", "a:1,a:2"], /"a" is given twice/],
  [["-p", "de", "--pipelines", "ds"], /--pipeline and --pipelines cannot be combined/],
  [["--runner-params", "max_workers=2"], /needs a runner with more than one/],
  [["-r", "ThreadRunner", "--runner-params", "workers=2"], /expected max_workers=N/],
  [["-r", "ThreadRunner", "--runner-params", "max_workers=0"], /expected max_workers=N/],
  [["--resume", "r0", "--pipelines", "a"], /--resume cannot be combined with --pipelines/],
  [["--resume"], /argument missing/],
  [["--resume", "r0", "-p", "tuning", "--params", "seed=1"], /--resume cannot be combined with --pipeline: /],
  [["--resume", "r0", "-e", "prod"], /--resume cannot be combined with --env/],
  [["--resume", "r0", "--only-missing-outputs"], /--resume cannot be combined with --only-missing-outputs/],
  [["--resume", "r0", "-lv", "a:1"], /--resume cannot be combined with --load-versions/],
  [["--resume", "r0", "-n", "a", "-t", "b", "-ns", "c"], /with --nodes, --tags, --namespaces/],
  [["--only-missing-output"], /unknown option '--only-missing-output'[\s\S]*--only-missing-outputs/],
])("tegaki run %j is bad usage: exit code 2, and a message", async (flags, message) => {
  const { code, err, options } = await run(...flags);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(options).toBeNull();
});
