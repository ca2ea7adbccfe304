import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { checkParams } from "../../../src/config/check-params.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import { RunRecordSchema, RunSchema } from "../../../src/http/api/run-json.ts";
import { BASE } from "../../support/base-config.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const PATH = "/api/v1/runs";

async function storeRun({ store }: TestApp, id: string) {
  return store.runs.create({
    id,
    pipeline: "tuning",
    params: { tuning_epochs: 1 },
    trigger: "api",
    command: "tegaki run --pipeline tuning",
  });
}

describe("POST /runs", () => {
  test("starts a pipeline with its parameters and says where to follow it", async () => {
    const { send, scheduler } = await createTestApp();
    const response = await send("POST", PATH, { pipeline: "tuning", params: { seed: 3 } });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ run_id: "run-1" });
    expect(response.headers.get("location")).toBe(`${PATH}/run-1`);
    expect(scheduler.triggered).toEqual([
      { pipeline: "tuning", params: { seed: 3 }, trigger: "api", startedBy: LOCAL },
    ]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ epohcs: 3 }, 'params.epohcs: unknown parameter "epohcs". Did you mean "epochs"?'],
    [{ epochs: "abc" }, 'params.epochs: must be a whole number, found "abc"'],
    [{ epochs: null, seed: -1 }, "params.epochs: must be a whole number, found null (and 1 more)"],
    [{ "augmentation.shfit_px": 1 }, 'params.augmentation.shfit_px: augmentation: unknown key "shfit_px"'],
    [{ augmentation: { scale: 2 } }, "params.augmentation: augmentation.scale: must be at most 1, found 2"],
    [{ "epochs=3,seed": 1 }, 'params.epochs=3,seed: unknown parameter "epochs=3,seed"'],
    [{ "": 1 }, 'params.: unknown parameter ""'],
    [{ "epochs.x": 1 }, 'params.epochs.x: epochs is 12, which has no "x"'],
    [{ "classes.10": "x" }, "params.classes.10: the list classes has the indices 0 to 9"],
    [{ seed: 2 ** 53 }, "params.seed: 9007199254740992 is beyond 2^53 - 1"],
    [{ gate: { threshold: 0 } }, 'params.gate: "gate" is set in server.yml'],
  ])("is 422 with the reason for the parameters %j, and stores nothing", async (params, reason) => {
    const { send, scheduler, store } = await createTestApp();
    const response = await send("POST", PATH, { pipeline: "tuning", params });
    const problem = (await response.json()) as { detail: string; errors: { path: string }[] };
    expect([response.status, problem.detail]).toEqual([422, expect.stringContaining(reason)]);
    expect(problem.errors[0]?.path).toStartWith("params.");
    expect(scheduler.triggered).toEqual([]);
    expect((await store.runs.list({})).runs).toEqual([]);
  });

  test("takes names in groups and dotted, and elements of lists", async () => {
    const { send, scheduler } = await createTestApp();
    const params = { "augmentation.scale": 0.2, augmentation: { shear: 0 }, "tuning_layer.0": -1 };
    expect((await send("POST", PATH, { pipeline: "tuning", params })).status).toBe(202);
    expect(scheduler.triggered[0]?.params).toEqual({
      augmentation: { scale: 0.2, shear: 0 },
      tuning_layer: { "0": -1 },
    });
  });

  test("is 409 with the place when the configuration itself is invalid", async () => {
    const base = { ...BASE, "server.yml": "htpp: 1\n" };
    const { send, scheduler } = await createTestApp({
      checkParams: (given) => checkParams({ base, dir: "/nonexistent", environ: {} }, given),
    });
    const response = await send("POST", PATH, { pipeline: "tuning" });
    const { detail } = (await response.json()) as { detail: string };
    expect([response.status, detail]).toEqual([
      409,
      expect.stringContaining("conf/base/server.yml (built in):1:1: unknown key"),
    ]);
    expect(scheduler.triggered).toEqual([]);
  });

  test("is 422 naming the pipelines when the name is unknown", async () => {
    const { send } = await createTestApp();
    const response = await send("POST", PATH, { pipeline: "tunning" });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toContain("__default__, tuning");
  });

  test("is 409 while a run is running", async () => {
    const { send } = await createTestApp();
    await send("POST", PATH, { pipeline: "tuning" });
    expect((await send("POST", PATH, { pipeline: "tuning" })).status).toBe(409);
  });

  test.each([
    [{}],
    [{ pipeline: 1 }],
    [{ pipeline: "tuning", params: 1 }],
    [{ pipeline: "tuning", seed: 1 }],
    [{ pipeline: "tuning", params: [] }],
    [JSON.parse('{"pipeline": "tuning", "params": {"__proto__": {"epochs": 99}}}')],
  ])("is 422 for %p", async (body) => {
    const { send, scheduler } = await createTestApp();
    expect((await send("POST", PATH, body)).status).toBe(422);
    expect(scheduler.triggered).toEqual([]);
  });
});

describe("GET /runs", () => {
  test("lists runs, newest first, and returns one by its id", async () => {
    const app = await createTestApp();
    await storeRun(app, "first");
    await storeRun(app, "second");
    const { runs, next_cursor } = (await (await app.send("GET", PATH)).json()) as {
      runs: unknown[];
      next_cursor: null;
    };
    const parsed = runs.map((run) => v.parse(RunSchema, run));
    expect(parsed.map(({ id }) => id)).toEqual(["second", "first"]);
    expect(next_cursor).toBeNull();
    const one = v.parse(RunSchema, await (await app.send("GET", `${PATH}/first`)).json());
    expect(one).toEqual(parsed[1]!);
    expect(one).toMatchObject({ pipeline: "tuning", params: { tuning_epochs: 1 }, status: "queued" });
  });

  test("pages and filters by status", async () => {
    const app = await createTestApp();
    for (const id of ["a", "b", "c"]) await storeRun(app, id);
    await app.store.runs.update("b", { status: "running" });
    const page = async (query: string) =>
      (await (await app.send("GET", `${PATH}?${query}`)).json()) as {
        runs: { id: string }[];
        next_cursor: string;
      };
    expect((await page("status=running")).runs.map(({ id }) => id)).toEqual(["b"]);
    const first = await page("limit=2");
    expect((await page(`limit=2&cursor=${first.next_cursor}`)).runs.map(({ id }) => id)).toEqual(["a"]);
  });

  test("is 404 for an id that no run has, also for its events and for cancelling it", async () => {
    const { send } = await createTestApp();
    expect((await send("GET", `${PATH}/nothing`)).status).toBe(404);
    expect((await send("GET", `${PATH}/nothing/events`)).status).toBe(404);
    expect((await send("POST", `${PATH}/nothing/cancel`)).status).toBe(404);
  });
});

test("POST /runs/{id}/cancel cancels the running run, and is 409 for a finished one", async () => {
  const app = await createTestApp();
  await storeRun(app, "one");
  app.scheduler.runningRunId = "one";
  const response = await app.send("POST", `${PATH}/one/cancel`);
  expect(response.status).toBe(202);
  expect(app.scheduler.runningRunId).toBeNull();
  expect((await app.send("POST", `${PATH}/one/cancel`)).status).toBe(409);
});

test("GET /runs/{id} returns the run's parameters and the results of its nodes, and no stack trace", async () => {
  const app = await createTestApp();
  await storeRun(app, "r1");
  const { runs } = app.store;
  await runs.putDetails("r1", {
    env: null,
    slice: { tags: ["training"] },
    parameters: { seed: 1, gate: { threshold: 0.98 } },
    runner: "SequentialRunner",
    dataVersion: "2026-01-02T03.04.05.000Z",
    resumedFrom: "r0",
    causes: [
      {
        ...{ node: "fine_tune", name: "TypeError", message: "bad shape" },
        frames: [{ call: "scale", file: "src/pipelines/ink/nodes.ts", line: 8, column: 12 }],
        stack: "TypeError: bad shape at /home/ada/secret.ts",
      },
    ],
  });
  const input = { name: "train", fingerprint: null, version: null, type: "images", shape: [54_000, 28, 28] };
  await runs.putNode("r1", {
    node: "fine_tune",
    position: 1,
    status: "failed",
    startedAt: "2026-01-02T03:04:05.000Z",
    finishedAt: "2026-01-02T03:04:06.000Z",
    durationMs: null,
    reason: "bad shape",
    inputs: [input],
    outputs: [],
  });
  const response = await app.send("GET", `${PATH}/r1`);
  const text = await response.text();
  expect(text).not.toContain("secret");
  const body = v.parse(v.strictObject(RunRecordSchema.pipe[0].entries), JSON.parse(text));
  expect(body).toMatchObject({
    id: "r1",
    slice: { tags: ["training"] },
    parameters: { gate: { threshold: 0.98 } },
    resumed_from: "r0",
    causes: [
      {
        ...{ node: "fine_tune", name: "TypeError", message: "bad shape" },
        frames: [{ call: "scale", file: "src/pipelines/ink/nodes.ts", line: 8, column: 12 }],
      },
    ],
    nodes: [
      {
        node: "fine_tune",
        status: "failed",
        reason: "bad shape",
        duration_ms: null,
        inputs: [input],
        outputs: [],
      },
    ],
  });
});
