import { expect, test } from "bun:test";
import type { Application, RunOptions, ServeOptions } from "../../src/commands/application.ts";
import { runProgram } from "../../src/commands/program.ts";
import { ConflictError, InputError, UsageError } from "../../src/lib/errors.ts";

const never = () => Promise.reject(new Error("not expected to be called"));

function application(overrides: Partial<Application>): Application {
  return {
    version: "9.9.9",
    serve: never,
    run: never,
    validate: never,
    pipelines: never,
    samples: { import: never, export: never, stats: never },
    models: { list: never, show: never, promote: never, rollback: never, evaluate: never },
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
  metrics: {},
  model_version: 2,
  promoted: true,
};

test("tegaki without arguments serves and opens the page", async () => {
  const calls: ServeOptions[] = [];
  const { code } = await run([], { serve: async (options) => void calls.push(options) });
  expect(code).toBe(0);
  expect(calls).toEqual([{ dir: ".", env: undefined, params: undefined, http: undefined, open: true }]);
});

test("tegaki run hands on pipeline, slice and parameters, and the command line that repeats it", async () => {
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
  expect(out).toBe("Run r1 of tuning done in 1.3 s; model 2 registered, and it is the champion now\n");
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

test("tegaki run prints a line an epoch when nobody sits at a terminal", async () => {
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

test("tegaki registry describe names the known pipelines when there is no such one", async () => {
  const pipelines = async () => [{ name: "de", nodes: [] }];
  const { code, err } = await run(["registry", "describe", "dee"], { pipelines });
  expect(code).toBe(2);
  expect(err).toBe('tegaki: No pipeline "dee". There are: de\n');
});
