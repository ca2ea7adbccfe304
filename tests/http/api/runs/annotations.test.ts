import { expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../../src/domain/metrics.ts";
import { builtInRuns } from "../../../support/built-in-runs.ts";
import { storedEvent } from "../../../support/run-events.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const PATH = "/api/v1/runs";
const PER_CLASS = ["0", "1"].map((label) => ({ label, n: 10, recall: 0.9, precision: 0.9 }));

async function addRun(
  { store }: TestApp,
  id: string,
  params: Record<string, unknown>,
  confusion: number[][],
) {
  await store.runs.create({ id, pipeline: "tuning", params, trigger: "api", command: "tegaki run" });
  const mnist_test = { n: 20, accuracy: 0.9, loss: 0.1, per_class: PER_CLASS, confusion };
  await store.runs.putDetails(id, {
    ...{ env: null, slice: {}, runner: "SequentialRunner", dataVersion: "v", resumedFrom: null, causes: [] },
    parameters: { tuning_epochs: 10, tuning_keep: 0.4, epochs: 12, ...params },
  });
  await store.runs.appendEvent(
    storedEvent(
      "progress",
      "fine_tune",
      { epoch: 1, epochs: 1, step: 5, steps: 5, loss: 0.25, learning_rate: 0.001, samples_per_s: 9 },
      { runId: id },
    ),
  );
  return store.runs.update(id, { status: "done", metrics: decodeMetrics({ mnist_test }) });
}

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

test("PATCH /runs/{id} changes tags and the note, which the run, the list and its search then have", async () => {
  const app = await createTestApp();
  await addRun(app, "r1", {}, []);
  const changed = await app.send("PATCH", `${PATH}/r1`, { note: "less noise", add_tags: ["kana"] });
  const at = "2026-01-02T03:04:05.000Z";
  const note = { text: "less noise", at, by: LOCAL };
  expect([changed.status, await json(changed)]).toEqual([200, { run_id: "r1", tags: ["kana"], note }]);
  expect(await json(await app.send("GET", `${PATH}/r1`))).toMatchObject({ tags: ["kana"], note });
  for (const query of ["search=noise", "tag=kana", "search=r1&sort=duration"]) {
    const { runs } = await json(await app.send("GET", `${PATH}?${query}`));
    expect(runs).toMatchObject([{ id: "r1", tags: ["kana"], note }]);
  }
  expect(await json(await app.send("GET", `${PATH}?search=other`))).toMatchObject({ runs: [] });
  const removed = await app.send("PATCH", `${PATH}/r1`, { note: null, remove_tags: ["kana"] });
  expect(await json(removed)).toEqual({ run_id: "r1", tags: [], note: null });
});

test.each([
  ["PATCH", `${PATH}/r1`, { add_tags: ["x".repeat(41)] }, 422],
  ["PATCH", `${PATH}/r1`, { add_tags: ["a,b"] }, 400],
  ["PATCH", `${PATH}/r1`, { notes: "x" }, 422],
  ["PATCH", `${PATH}/nope`, { note: "x" }, 404],
  ["GET", `${PATH}?sort=colour`, undefined, 422],
  ["GET", `${PATH}/compare?run=r1`, undefined, 400],
  ["GET", `${PATH}/compare?run=r1&run=nope`, undefined, 404],
  ["GET", `${PATH}/compare`, undefined, 422],
  ["POST", `${PATH}/r1/retry`, {}, 409],
] as const)("%s %s with %j is refused with a message", async (method, path, body, status) => {
  const app = await createTestApp();
  await addRun(app, "r1", {}, []);
  const response = await app.send(method, path, body);
  expect([response.status, String((await json(response)).detail).length > 15]).toEqual([status, true]);
  expect(app.scheduler.triggered).toEqual([]);
});

test("GET /runs/compare has the parameters that the pipeline reads, those that differ first, scores with n, confusion and curves", async () => {
  const app = await createTestApp(await builtInRuns());
  await addRun(app, "r1", { tuning_epochs: 2 }, [
    [9, 1],
    [1, 9],
  ]);
  await addRun(app, "r2", { tuning_epochs: 3 }, [
    [9, 1],
    [4, 6],
  ]);
  const compared = await json(await app.send("GET", `${PATH}/compare?run=r1&run=r2`));
  expect(compared).toMatchObject({
    runs: [{ id: "r1" }, { id: "r2" }],
    scores: [{ set: "mnist_test", scores: [{ accuracy: 0.9, n: 20, loss: 0.1 }, { accuracy: 0.9 }] }],
    confusion: [{ set: "mnist_test", cells: [{ label: "1", predicted: "0", counts: [1, 4] }] }],
    curves: [[{ epoch: 1, loss: 0.25 }], [{ epoch: 1, loss: 0.25 }]],
  });
  expect(compared.parameters).toEqual([
    { name: "tuning_epochs", values: [2, 3], is_different: true },
    { name: "tuning_keep", values: [0.4, 0.4], is_different: false },
  ]);
});

test("POST /runs/{id}/retry and /resume start a failed run once more, with its parameters or others", async () => {
  const app = await createTestApp(await builtInRuns());
  await addRun(app, "r1", {}, []);
  await app.store.runs.create({
    ...{ id: "r2", pipeline: "tuning", params: { tuning_epochs: 2 }, trigger: "page", command: "tegaki run" },
  });
  await app.store.runs.putDetails("r2", (await app.store.runs.details("r1"))!);
  await app.store.runs.update("r2", { status: "failed", error: "It broke" });
  const retried = await app.send("POST", `${PATH}/r2/retry`, {});
  expect([retried.status, retried.headers.get("location")]).toEqual([202, `${PATH}/run-1`]);
  app.scheduler.runningRunId = null;
  const params = { tuning_epochs: 1 };
  expect((await app.send("POST", `${PATH}/r2/resume`, { params })).status).toBe(202);
  const common = { pipeline: "tuning", trigger: "api", startedBy: LOCAL };
  expect(app.scheduler.triggered).toEqual([
    { ...common, params: { tuning_epochs: 2 } },
    { ...common, params, resume: "r2" },
  ]);
  app.scheduler.runningRunId = null;
  const refused = await app.send("POST", `${PATH}/r2/resume`, { params: { epochs: 1 } });
  expect([refused.status, (await json(refused)).detail]).toEqual([
    422,
    expect.stringContaining('Did you mean "tuning_epochs"?'),
  ]);
});

test("PATCH /runs/{id} counts characters as people do: a pen is one, although it is two in JavaScript", async () => {
  const app = await createTestApp();
  await addRun(app, "pens", {}, [[1]]);
  const patch = async (body: object) => (await app.send("PATCH", `${PATH}/pens`, body)).status;
  expect(await patch({ add_tags: ["🖋".repeat(40)], note: "🖋".repeat(4_000) })).toBe(200);
  expect(await patch({ add_tags: ["🖋".repeat(41)] })).toBe(422);
  expect(await patch({ note: "🖋".repeat(4_001) })).toBe(422);
});
