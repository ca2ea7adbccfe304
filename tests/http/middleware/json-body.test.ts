import { expect, test } from "bun:test";
import { createApi } from "../../../src/http/api/index.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const { app, send, store, scheduler, deps } = await createTestApp();
await store.runs.create({ id: "run", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki run" });
await store.runs.update("run", { status: "failed" });

/** Sends a body as it is to POST /runs. */
function start(body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return Promise.resolve(app.request("/api/v1/runs", { method: "POST", headers, body }));
}

interface Problem {
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

test.each([
  ["params.__proto__", '{"pipeline": "tuning", "params": {"__proto__": {"epochs": 99}}}'],
  ["params.constructor", '{"pipeline": "tuning", "params": {"constructor": 1}}'],
  ["params.a.prototype", '{"pipeline": "tuning", "params": {"a": {"prototype": 1}}}'],
  ["params.x[1].constructor", '{"pipeline": "tuning", "params": {"x": [0, {"constructor": 1}]}}'],
  ["params.x", '{"pipeline": "tuning", "params": {"x": "\\ud800"}}'],
  ["params.\ufffd", '{"pipeline": "tuning", "params": {"\\udfff": 1}}'],
  ["params.x", '{"pipeline": "tuning", "params": {"x": 1e999}}'],
  ["params.x[2]", '{"pipeline": "tuning", "params": {"x": [0, 1, -1e400]}}'],
  ["constructor", '{"pipeline": "tuning", "constructor": {}}'],
])("what the program would lose or change is 422 at %s", async (path, body) => {
  const problem = (await (await start(body)).json()) as Problem;
  expect(problem).toMatchObject({ status: 422, errors: [{ path }] });
  expect(scheduler.runningRunId).toBeNull();
});

test("a body that nests deeper than 32 levels is 422, however deep it is", async () => {
  for (const depth of [40, 1_000, 30_000]) {
    const text = `{"pipeline": "tuning", "params": {"x": ${"[".repeat(depth)}${"]".repeat(depth)}}}`;
    const { status } = await start(text);
    expect([depth, [400, 422].includes(status)]).toEqual([depth, true]);
  }
});

test("bytes that are not UTF-8 are 400, and a whole character is kept", async () => {
  const bytes = new TextEncoder().encode('{"pipeline": "tu?ning"}');
  const broken = bytes.map((byte) => (byte === 0x3f ? 0xff : byte));
  expect((await start(broken)).status).toBe(400);
  const note = "🖋 \u{10ffff}";
  const response = await send("PATCH", "/api/v1/runs/run", { note });
  expect(await response.json()).toMatchObject({ note: { text: note } });
});

test("a list is not taken for an object, in the body of whatever route", async () => {
  const api = createApi(deps);
  const routes = new Set(api.routes.filter(({ method }) => method !== "ALL" && method !== "GET"));
  const paths = [
    ...new Set([...routes].map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, "1")}`)),
  ];
  expect(paths.length).toBeGreaterThan(40);
  for (const route of paths) {
    const [method, path] = route.split(" ") as [string, string];
    scheduler.runningRunId = null;
    // Those without a body ignore it, as HTTP has it.
    const bare = await send(method, path);
    const list = await send(method, path, [], { "x-list": "1" });
    const isRefused = list.status >= 400 && list.status < 500;
    expect([route, isRefused || list.status === bare.status]).toEqual([route, true]);
  }
});

test.each([
  ["PATCH", "/api/v1/models/2", { tags: ["a"] }],
  ["PATCH", "/api/v1/models/2", []],
  ["PATCH", "/api/v1/runs/run", []],
  ["POST", "/api/v1/runs/run/retry", { params: [] }],
  ["POST", "/api/v1/runs", { pipeline: "tuning", params: [1] }],
  ["POST", "/api/v1/models/rollback", []],
  ["POST", "/api/v1/models/2/promote", []],
  ["POST", "/api/v1/models/prune", []],
  ["POST", "/api/v1/scheduler/pause", []],
  ["POST", "/api/v1/scheduler/trigger", []],
  ["POST", "/api/v1/samples/bulk", { filter: [], change: { kind: "confirm" } }],
  ["POST", "/api/v1/samples/bulk", { filter: {}, change: [] }],
  ["PUT", "/api/v1/settings", { hash: "x", values: [] }],
])("%s %s with the list %j for an object is 422", async (method, path, body) => {
  const problem = (await (await send(method, path, body)).json()) as Problem;
  expect(problem.status).toBe(422);
  expect(problem.detail).toContain("found an array");
});

test("a query that only JavaScript knows is an unknown key", async () => {
  for (const key of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    const response = await send("GET", `/api/v1/samples?${key}=1`);
    const { errors } = (await response.json()) as Problem;
    expect([response.status, errors?.[0]?.path]).toEqual([422, key]);
  }
  expect((await send("GET", "/api/v1/samples?label=1&label=2")).status).toBe(422);
});

test("a request without a body has the empty object, and an empty body of JSON is malformed", async () => {
  expect((await app.request("/api/v1/models/rollback", { method: "POST" })).status).toBe(200);
  const headers = { "content-type": "application/json" };
  expect((await app.request("/api/v1/predict", { method: "POST", headers })).status).toBe(400);
  expect((await send("POST", "/api/v1/predict", STROKES)).status).toBe(200);
});
