import { expect, test } from "bun:test";
import { Hono } from "hono";
import type { RunStatus } from "../../../src/domain/runs/run.ts";
import { streamRunEvents } from "../../../src/http/api/run-events.ts";
import { storedEvent } from "../../support/run-events.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const AT = "2026-01-02T03:04:05.000Z";

async function startRun(app: TestApp, id = "r1") {
  await app.store.runs.create({ id, pipeline: "tuning", params: {}, trigger: "api", command: "tegaki run" });
}

/** Adds events to the store, where the feed finds them, as a run's process does. */
async function say(app: TestApp, type: string, runId = "r1", data: Record<string, unknown> = {}) {
  app.events.emit(await app.store.runs.appendEvent(storedEvent(type, null, data, { runId, at: AT })));
}

function follow(app: TestApp, lastEventId?: string) {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  return app.send("GET", "/api/v1/runs/r1/events", undefined, headers);
}

/** The types of the events in a whole stream. */
async function typesOf(response: Response): Promise<string[]> {
  return [...(await response.text()).matchAll(/^event: (.*)$/gm)].map(([, type]) => type!);
}

test("GET /runs/{id}/events replays past events, continues live, and ends with the final event", async () => {
  const app = await createTestApp();
  await startRun(app);
  await say(app, "run_started");
  const response = await follow(app);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const types = typesOf(response);
  await say(app, "progress", "r1", { loss: 0.5 });
  await say(app, "run_done");
  await say(app, "log");
  expect(await types).toEqual(["run_started", "progress", "run_done"]);
  expect(app.events.subscribers).toBe(0);
});

test("GET /runs/{id}/events sends id, type and the event as JSON on one line", async () => {
  const app = await createTestApp();
  await startRun(app);
  await say(app, "run_failed", "r1", { error: "two\nlines" });
  const event = {
    seq: 1,
    run_id: "r1",
    at: AT,
    type: "run_failed",
    node: null,
    data: { error: "two\nlines" },
  };
  expect(await (await follow(app)).text()).toBe(
    `retry: 1000\n\nevent: run_failed\ndata: ${JSON.stringify(event)}\nid: 1\n\n`,
  );
});

test("GET /runs/{id}/events leaves out other runs' events", async () => {
  const app = await createTestApp();
  await startRun(app);
  await startRun(app, "r2");
  const types = typesOf(await follow(app));
  await say(app, "run_done", "r2");
  await say(app, "run_cancelled");
  expect(await types).toEqual(["run_cancelled"]);
});

test("GET /runs/{id}/events continues after Last-Event-ID, and starts over when that is not a number", async () => {
  const app = await createTestApp();
  await startRun(app);
  for (const type of ["run_started", "node_started", "node_done", "run_done"]) await say(app, type);
  expect(await typesOf(await follow(app, "2"))).toEqual(["node_done", "run_done"]);
  for (const bad of ["x", "-1", "1e9", "9".repeat(40)]) {
    expect(await typesOf(await follow(app, bad))).toHaveLength(4);
  }
});

test("GET /runs/{id}/events is 204 when the run is over and everything was received", async () => {
  const app = await createTestApp();
  await startRun(app);
  await say(app, "run_done");
  await app.store.runs.update("r1", { status: "done" });
  expect((await follow(app, "1")).status).toBe(204);
  expect(await typesOf(await follow(app))).toEqual(["run_done"]);
});

test("GET /runs/{id}/events sends every event once, in order, when more come than one page of the store holds", async () => {
  const app = await createTestApp();
  await startRun(app);
  for (let n = 0; n < 1_100; n++) {
    await app.store.runs.appendEvent(storedEvent("progress", "train", { n }));
  }
  const response = await follow(app);
  await say(app, "run_done");
  const ids = [...(await response.text()).matchAll(/^id: (.*)$/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual(Array.from({ length: 1_101 }, (_, n) => n + 1));
});

test.each<RunStatus>(["failed", "cancelled"])(
  "streamRunEvents() says that it is there, and ends when the run turns %s without a final event",
  async (status) => {
    const app = await createTestApp();
    await startRun(app);
    const run = (await app.store.runs.get("r1"))!;
    const server = new Hono().get("/", (c) => streamRunEvents(c, app.deps, run, 1));
    const text = (await server.request("/")).text();
    await app.store.runs.update("r1", { status });
    expect(await text).toMatch(/^retry: 1000\n\n(: still here\n\n)+$/);
    expect(app.events.subscribers).toBe(0);
  },
);

test("GET /runs/{id}/events stops listening when the client leaves", async () => {
  const app = await createTestApp();
  await startRun(app);
  const response = await follow(app);
  expect(app.events.subscribers).toBe(1);
  await response.body!.cancel();
  expect(app.events.subscribers).toBe(0);
});

test("HEAD /runs/{id}/events opens no stream", async () => {
  const app = await createTestApp();
  await startRun(app);
  const response = await app.send("HEAD", "/api/v1/runs/r1/events");
  expect(response.status).toBe(200);
  expect(app.events.subscribers).toBe(0);
});
