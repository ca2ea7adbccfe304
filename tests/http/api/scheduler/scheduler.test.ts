import { expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../../../src/domain/actor.ts";
import { createTestApp } from "../../../support/test-app.ts";

const PATH = "/api/v1/scheduler";

interface TicksPage {
  ticks: { reason: string }[];
  next_cursor: string | null;
}
interface RequestsPage {
  requests: { id: number }[];
  next_cursor: string | null;
}

test("GET /scheduler returns the number of new labels and the number that starts training", async () => {
  const { send, scheduler } = await createTestApp();
  scheduler.newSamples = 12;
  expect(await (await send("GET", "/api/v1/scheduler")).json()).toMatchObject({
    paused: false,
    new_samples: 12,
    threshold: 500,
    running_run_id: null,
    not_before: null,
    consecutive_failures: 0,
    first_model: null,
  });
});

test("GET /scheduler says why there is no run now, with every condition", async () => {
  const { send, scheduler } = await createTestApp();
  scheduler.newSamples = 12;
  const status = (await (await send("GET", PATH)).json()) as { conditions: unknown[] };
  expect(status).toMatchObject({
    ...{ decision: "not_due", reason: "12 of 500 new labels", combine: "any", next_run_at: null },
    ...{ approval: "none", pending_requests: 0, pause: { by: null, reason: null, at: null } },
  });
  expect(status.conditions[0]).toEqual({
    ...{ name: "new_samples", kind: "trigger", is_on: true, holds: false, value: 12, threshold: 500 },
  });
});

test("POST /scheduler/pause and /resume record who and why", async () => {
  const { send } = await createTestApp();
  const paused = await (await send("POST", `${PATH}/pause`, { reason: " a fair " })).json();
  expect(paused).toMatchObject({ paused: true, pause: { by: LOCAL, reason: "a fair" } });
  expect(await (await send("POST", `${PATH}/resume`)).json()).toMatchObject({
    ...{ paused: false, pause: { by: LOCAL, reason: null } },
  });
  for (const body of [{ reason: "" }, { reason: "x".repeat(501) }, { reason: 3 }, { why: "x" }]) {
    expect((await send("POST", `${PATH}/pause`, body)).status).toBe(422);
  }
});

test("POST /scheduler/trigger and the page's button refuse a run that could only fail, and start nothing", async () => {
  const message = "There are no labelled drawings to train on";
  const checkParams = async () => ({ params: {}, problems: [{ name: null, message }] });
  const { app, send, scheduler } = await createTestApp({ checkParams });
  const response = await send("POST", `${PATH}/trigger`, { pipeline: "tuning" });
  expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(message)]);
  const page = await app.request("/scheduler/trigger", { method: "POST", body: new URLSearchParams() });
  expect([page.status, await page.text()]).toEqual([409, expect.stringContaining(message)]);
  expect(scheduler.triggered).toEqual([]);
});

test("GET /scheduler/dry-run decides for a time to come, and refuses what is not one", async () => {
  const { send, scheduler } = await createTestApp();
  scheduler.newSamples = 500;
  const at = "2026-02-01T03:00:00Z";
  expect(await (await send("GET", `${PATH}/dry-run?at=${at}`)).json()).toMatchObject({
    ...{ at: "2026-02-01T03:00:00.000Z", would_start: true, decision: "start", pipeline: "tuning" },
  });
  expect(scheduler.triggered).toEqual([]);
  for (const query of ["", "?at=tomorrow", "?at=2026-02-31T99:00:00Z", "?at=2026-02-01T03:00:00Z&x=1"]) {
    expect((await send("GET", `${PATH}/dry-run${query}`)).status).toBe(422);
  }
});

test("GET /scheduler/ticks lists decisions in pages, newest first", async () => {
  const { send, store } = await createTestApp();
  for (const detail of ["a", "b", "c"]) {
    await store.scheduler.addTick({ at: "2026-01-02T03:04:05.000Z", decision: "wait", detail });
  }
  const first = (await (await send("GET", `${PATH}/ticks?limit=2`)).json()) as TicksPage;
  expect(first.ticks.map(({ reason }) => reason)).toEqual(["c", "b"]);
  const next = (await (
    await send("GET", `${PATH}/ticks?limit=2&cursor=${first.next_cursor}`)
  ).json()) as TicksPage;
  expect(next.ticks).toMatchObject([{ reason: "a", decision: "wait", conditions: null }]);
  expect(next.next_cursor).toBeNull();
  expect((await send("GET", `${PATH}/ticks?cursor=x`)).status).toBe(422);
});

test("/scheduler/requests lists what waits, and a person approves or declines it with a reason, once", async () => {
  const { send, store } = await createTestApp();
  for (const pipeline of ["tuning", "first"]) {
    await store.scheduler.addRequest({
      ...{ kind: "run", state: "pending", pipeline, trigger: "cron", runId: null, reason: "cron was due" },
      ...{ modelVersion: null, expectedPrevious: null, requestedBy: SCHEDULE },
    });
  }
  const list = async (query: string) =>
    (await (await send("GET", `${PATH}/requests${query}`)).json()) as RequestsPage;
  const page = await list("?limit=1&state=pending");
  expect(page).toMatchObject({
    requests: [{ id: 2, pipeline: "first", state: "pending" }],
    next_cursor: "2",
  });
  expect((await list("?cursor=2")).requests.map(({ id }) => id)).toEqual([1]);
  const approve = (id: string, body: unknown = { reason: "go" }) =>
    send("POST", `${PATH}/requests/${id}/approve`, body);
  expect(await (await approve("1")).json()).toMatchObject({
    ...{ id: 1, state: "approved", decided_by: LOCAL, decision_reason: "go" },
  });
  expect((await approve("1")).status).toBe(409);
  expect((await approve("2", {})).status).toBe(422);
  expect((await approve("2", { reason: " " })).status).toBe(422);
  expect((await approve("9")).status).toBe(404);
  expect((await approve("x")).status).toBe(404);
  expect((await send("POST", `${PATH}/requests/2/decline`, { reason: "no" })).status).toBe(200);
  expect(await (await send("GET", `${PATH}/requests/2`)).json()).toMatchObject({ state: "declined" });
  expect((await send("GET", `${PATH}/requests/9`)).status).toBe(404);
  expect((await send("GET", `${PATH}/requests?state=lost`)).status).toBe(422);
});

test("POST /scheduler/trigger starts tuning without a body, another pipeline by name, one at a time", async () => {
  const { send, scheduler } = await createTestApp();
  const response = await send("POST", "/api/v1/scheduler/trigger");
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe("/api/v1/runs/run-1");
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "__default__" })).status).toBe(409);
  scheduler.runningRunId = null;
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "__default__" })).status).toBe(202);
  expect(scheduler.triggered.map(({ pipeline }) => pipeline)).toEqual(["tuning", "__default__"]);
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "no" })).status).toBe(422);
});

test("POST /scheduler/trigger trains a first model when there is none, and fine-tunes otherwise", async () => {
  const { send, scheduler } = await createTestApp({ pipelines: ["tuning", "first"] });
  const classes = [{ label: "a", n: 1, of: 1 }];
  scheduler.firstModel = { perClass: 1, total: 1, classes, n: 1, heldOut: 2, isEnough: true };
  expect(await (await send("GET", "/api/v1/scheduler")).json()).toMatchObject({
    first_model: { per_class: 1, total: 1, labelled: 1, held_out: 2, is_enough: true, classes },
  });
  expect((await send("POST", "/api/v1/scheduler/trigger", {})).status).toBe(202);
  scheduler.runningRunId = null;
  scheduler.firstModel = null;
  expect((await send("POST", "/api/v1/scheduler/trigger", {})).status).toBe(202);
  expect(scheduler.triggered.map(({ pipeline }) => pipeline)).toEqual(["first", "tuning"]);
});
