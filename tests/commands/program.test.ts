import { expect, test } from "bun:test";
import type { Application } from "../../src/commands/application.ts";
import { runProgram } from "../../src/commands/program.ts";
import { ConflictError, InputError, UsageError } from "../../src/lib/errors.ts";
import type { RunOptions } from "../../src/runs/run-options.ts";
import type { ServeOptions } from "../../src/server/serve.ts";

const never = () => Promise.reject(new Error("not expected to be called"));

function application(overrides: Partial<Application>): Application {
  return {
    version: "9.9.9",
    init: never,
    serve: never,
    buildViz: never,
    run: never,
    validate: never,
    pipelines: never,
    catalog: { describeDatasets: never, listPatterns: never, resolvePatterns: never, listVersions: never },
    access: { reset: never, list: never, audit: never, record: async () => {} },
    samples: {
      ...{ import: never, export: never, stats: never },
      ...{ lineage: never, previewForget: never, forget: never },
    },
    reviews: { pin: never, pinned: never, list: never, confirm: never, withdraw: never },
    models: {
      ...{ list: never, show: never, promote: never, rollback: never, evaluate: never, deployments: never },
      ...{ aliases: never, setAlias: never, annotate: never, diff: never, delete: never },
      ...{ export: never, import: never, prune: never },
    },
    trials: { list: never, start: never, stop: never, replay: never },
    scheduler: { status: never, setPaused: never, decide: never, request: never },
    backups: { create: never, restore: never, verify: never, verifyFile: never },
    doctor: never,
    ...overrides,
  };
}

async function run(argv: string[], overrides: Partial<Application> = {}) {
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
  const code = await runProgram(argv, application(overrides), terminal);
  return { code, out, err };
}

const summary = {
  run_id: "r1",
  pipeline: "tuning",
  status: "done" as const,
  seconds: 1.25,
  skipped: [],
  metrics: {},
  model_version: 2,
  promoted: true,
  report: null,
};

test("tegaki without arguments serves and opens the page", async () => {
  const calls: ServeOptions[] = [];
  const { code } = await run([], { serve: async (options) => void calls.push(options) });
  expect(code).toBe(0);
  expect(calls).toEqual([
    {
      dir: ".",
      env: undefined,
      params: undefined,
      http: undefined,
      open: true,
      isOpenToAnyone: false,
      canLoadCode: false,
    },
  ]);
});

test("tegaki run passes on pipeline, slice and parameters, and the command line that repeats it", async () => {
  const calls: RunOptions[] = [];
  const { code, out } = await run(
    [
      "run",
      "-p",
      "tuning",
      "--params",
      "tuning_epochs=1,seed=7",
      "--from-nodes",
      "a,b",
      "-t",
      "x",
      "-t",
      "y",
      "--run-id",
      "r1",
    ],
    {
      run: async (options) => {
        calls.push(options);
        return summary;
      },
    },
  );
  expect(code).toBe(0);
  expect(calls[0]).toMatchObject({
    pipeline: "tuning",
    params: "tuning_epochs=1,seed=7",
    fromNodes: ["a", "b"],
    tags: ["x", "y"],
    runId: "r1",
    commandLine: "tegaki run --params tuning_epochs=1,seed=7 --pipeline tuning --from-nodes a,b --tags x,y",
  });
  expect(out).toBe("Run r1 of tuning done in 1.3 s; model 2 registered, and it is now the champion\n");
});

test("tegaki run --json prints the summary and nothing else on standard output", async () => {
  const { out } = await run(["run", "--json"], {
    run: async (options) => {
      options.onProgress.nodeStarted("train", 1, 1);
      options.onProgress.progress("train", {
        epoch: 1,
        epochs: 2,
        step: 3,
        steps: 3,
        loss: 0.5,
        val_accuracy: 0.9,
      });
      return summary;
    },
  });
  expect(JSON.parse(out)).toEqual(summary);
});

test("tegaki run prints one line per epoch when the output is not a terminal", async () => {
  const { err } = await run(["run"], {
    run: async ({ onProgress }) => {
      onProgress.nodeStarted("train", 2, 5);
      onProgress.progress("train", { epoch: 1, epochs: 2, step: 1, steps: 3, loss: 0.7, samples_per_s: 400 });
      onProgress.progress("train", {
        epoch: 1,
        epochs: 2,
        step: 3,
        steps: 3,
        loss: 0.5,
        val_loss: 0.4,
        val_accuracy: 0.9,
        samples_per_s: 401.4,
      });
      onProgress.nodeDone("train", 2500);
      onProgress.end();
      return summary;
    },
  });
  expect(err.split("\n")).toEqual([
    "[2/5] train",
    "  epoch 1/2  loss 0.5000  val loss 0.4000  val accuracy 90.00 %  401 samples/s",
    "  done: train (2.5 s)",
    "",
  ]);
});

test.each([
  [["serv"], /unknown command 'serv'[\s\S]*serve/],
  [["run", "--pipline", "x"], /unknown option '--pipline'[\s\S]*--pipeline/],
  [["model", "promote", "two"], /model version: a whole number/],
  [["model", "show"], /missing required argument/],
])("tegaki %p exits with 2 and says what was meant", async (argv, message) => {
  const { code, err } = await run(argv);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test.each([
  ["UsageError", new UsageError("bad key"), 2],
  ["InputError", new InputError("bad row"), 2],
  ["ConflictError", new ConflictError("busy"), 1],
  ["TypeError", new TypeError("boom\n  at x"), 1],
])(
  "tegaki ends a %s with its exit code and one line without a stack trace",
  async (_name, error, expected) => {
    const { code, err } = await run(["validate"], { validate: () => Promise.reject(error) });
    expect(code).toBe(expected);
    expect(err).toBe(`tegaki: ${error.message.replace("\n  at", " at")}\n`);
  },
);

test("tegaki help and --version exit with 0", async () => {
  expect((await run(["help"])).code).toBe(0);
  expect((await run(["--version"])).out).toBe("9.9.9\n");
});

const DE = {
  name: "de",
  file: null,
  warnings: [] as string[],
  nodes: [{ name: "a", inputs: ["x"], outputs: ["y"], tags: [] }],
};
const INK = { ...DE, name: "ink", file: "src/pipelines/ink/pipeline.ts" };
const BROKEN = { name: "bad", problem: "src/pipelines/bad/pipeline.ts:3:1: Unexpected }" };

/** A project with a working and a broken pipeline. */
const pipelines: Application["pipelines"] = async ({ onBroken }) => {
  onBroken?.(BROKEN);
  return [DE, INK];
};

test("tegaki registry describe names the known pipelines when the name is unknown", async () => {
  const far = await run(["registry", "describe", "training"], { pipelines });
  expect(far).toEqual({
    code: 2,
    out: "",
    err: 'tegaki: No pipeline "training". Available pipelines: de, ink\n',
  });
  const near = await run(["registry", "describe", "inc"], { pipelines });
  expect(near.err).toBe('tegaki: No pipeline "inc". Did you mean "ink"?\n');
});

test("tegaki registry describe says where a pipeline comes from", async () => {
  const nodes = "a\n  inputs  x\n  outputs y\n";
  expect((await run(["registry", "describe", "de"], { pipelines })).out).toBe(`de, built in\n${nodes}`);
  const own = await run(["registry", "describe", "ink"], { pipelines });
  expect(own).toEqual({ code: 0, out: `ink, from src/pipelines/ink/pipeline.ts\n${nodes}`, err: "" });
  const json = await run(["registry", "describe", "ink", "--json"], { pipelines });
  expect(JSON.parse(json.out)).toEqual(INK);
});

test("tegaki registry describe warns of outputs that are lost after a run, on standard error", async () => {
  const warned = async () => [{ ...DE, warnings: ['No node reads "y"'] }];
  const { code, err } = await run(["registry", "describe", "de"], { pipelines: warned });
  expect({ code, err }).toEqual({ code: 0, err: 'Warning: No node reads "y"\n' });
});

test("tegaki validate shows the project's own parameters, as --params takes them, and warnings", async () => {
  const parameters = { ink: { width: 2, colours: ["a", "b"] }, title: "x" };
  const { code, out, err } = await run(["validate"], {
    validate: async () => ({ parameters, warnings: ["No node reads it"] }),
  });
  expect({ code, err }).toEqual({ code: 0, err: "Warning: No node reads it\n" });
  expect(out).toBe(
    'The config is valid\nThe project\'s own parameters:\n  ink.width=2,ink.colours=["a","b"]\n  title="x"\n',
  );
});

test("tegaki registry describe ends with 2, file and line when the pipeline is broken", async () => {
  const { code, out, err } = await run(["registry", "describe", "bad"], { pipelines });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toBe(`tegaki: Pipeline "bad" is broken: ${BROKEN.problem}\n`);
});

test("tegaki registry list prints the working pipelines, and the broken ones on standard error", async () => {
  const { code, out, err } = await run(["registry", "list", "--json"], { pipelines });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(["de", "ink"]);
  expect(err).toBe(`tegaki: pipeline "bad" is left out: ${BROKEN.problem}\n`);
});

test("tegaki run --no-user-code loads none, repeats as typed, and is not the default", async () => {
  const calls: RunOptions[] = [];
  const app: Partial<Application> = {
    run: async (options) => {
      calls.push(options);
      return summary;
    },
  };
  await run(["run", "-p", "de"], app);
  await run(["run", "-p", "de", "--no-user-code"], app);
  expect(calls.map(({ canLoadCode }) => canLoadCode)).toEqual([true, false]);
  expect(calls.map(({ commandLine }) => commandLine)).toEqual([
    "tegaki run --pipeline de",
    "tegaki run --pipeline de --no-user-code",
  ]);
});

test("tegaki serve loads code of the project only with --load-code", async () => {
  const calls: ServeOptions[] = [];
  const serve = async (options: ServeOptions) => void calls.push(options);
  await run(["serve"], { serve });
  await run(["serve", "--load-code"], { serve });
  expect(calls.map(({ canLoadCode }) => canLoadCode)).toEqual([false, true]);
});
