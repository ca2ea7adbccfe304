import { expect, test } from "bun:test";
import { type AdmissionLimits, admitting } from "../../src/http/admission.ts";
import type { Handler } from "../../src/http/handler.ts";

const LIMITS: AdmissionLimits = {
  active: 3,
  predicting: 2,
  countsMs: 500,
  quickRefusals: 2,
  holdMs: 1_000,
  held: 3,
};

/** An admission whose requests are answered when the test says so, and whose time stands still. */
function admission(limits = LIMITS) {
  const open: { path: string; answer(): void }[] = [];
  const held: (() => void)[] = [];
  const refused: number[] = [];
  let nowMs = 0;
  const handle: Handler = (request) =>
    new Promise((resolve) => {
      open.push({ path: new URL(request.url).pathname, answer: () => resolve(new Response("done")) });
    });
  const timers = {
    monotonicMs: () => nowMs,
    after: (_ms: number, work: () => void) => {
      held.push(work);
      return () => {};
    },
  };
  const refusals = { count: (status: number) => refused.push(status) };
  const admitted = admitting(handle, limits, { refusals, timers, metrics: { request: () => {} } });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    admitted(new Request(`http://localhost${path}`, { headers }), null);
  return {
    ask,
    open,
    held,
    refused,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

const isDone = (response: Promise<Response>) =>
  Promise.race([response.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

test("admitting() refuses predictions beyond their limit with Retry-After, and lets labels and pages in", async () => {
  const { ask, open, refused } = admission();
  const predictions = ["/api/v1/predict", "/v2/models/digits/versions/3/infer"].map((path) => ask(path));
  const third = await ask("/api/v1/explain");
  expect([third.status, third.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await third.json()).toMatchObject({ status: 503, detail: expect.stringContaining("Try again") });
  const label = ask("/api/v1/samples");
  expect(open.map(({ path }) => path)).toEqual([
    "/api/v1/predict",
    "/v2/models/digits/versions/3/infer",
    "/api/v1/samples",
  ]);
  for (const { answer } of open) answer();
  expect((await Promise.all([...predictions, label])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(refused).toEqual([503]);
});

test("admitting() answers what says how the server is, and assets, at any load", async () => {
  const { ask, open } = admission({ ...LIMITS, active: 0 });
  for (const path of ["/livez", "/readyz", "/metrics", "/assets/0123/page.js"]) void ask(path);
  expect(open).toHaveLength(4);
  expect((await ask("/label")).status).toBe(503);
});

test("admitting() admits again as soon as a response has begun", async () => {
  const { ask, open } = admission({ ...LIMITS, active: 1 });
  const first = ask("/");
  expect((await ask("/")).status).toBe(503);
  open[0]!.answer();
  await first;
  void ask("/");
  expect(open).toHaveLength(2);
});

test("admitting() no longer counts requests that wait for their bodies, however many there are", async () => {
  const { ask, open, pass } = admission();
  const slow = [ask("/api/v1/predict"), ask("/api/v1/predict")];
  expect((await ask("/api/v1/predict")).status).toBe(503);
  pass(500);
  const third = ask("/api/v1/predict");
  expect(open).toHaveLength(3);
  for (const { answer } of open) answer();
  expect((await Promise.all([...slow, third])).map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("admitting() frees the place of a request that fails", async () => {
  const limits = { ...LIMITS, active: 1 };
  const timers = { monotonicMs: () => 0, after: () => () => {} };
  const failing: Handler = async () => {
    throw new Error("failed");
  };
  const deps = { timers, refusals: { count: () => {} }, metrics: { request: () => {} } };
  const admitted = admitting(failing, limits, deps);
  for (let i = 0; i < 3; i++)
    expect(admitted(new Request("http://localhost/"), null)).rejects.toThrow("failed");
});

test("admitting() answers refusals beyond a number a second later, and those beyond what may wait at once", async () => {
  const { ask, held, pass } = admission({ ...LIMITS, active: 0 });
  expect(await Promise.all([1, 2].map(() => isDone(ask("/"))))).toEqual([true, true]);
  const waiting = [1, 2, 3].map(() => ask("/"));
  expect(await Promise.all(waiting.map(isDone))).toEqual([false, false, false]);
  expect(await isDone(ask("/"))).toBe(true);
  for (const work of held) work();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([503, 503, 503]);
  pass(1_000);
  expect(await isDone(ask("/"))).toBe(true);
});

test("admitting() refuses a page in both languages, and the Open Inference Protocol in its form", async () => {
  const { ask } = admission({ ...LIMITS, active: 0 });
  const page = await ask("/runs", { accept: "text/html,*/*" });
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const text = await page.text();
  expect(text).toContain("The server is busy");
  expect(text).toContain("サーバーが混み合っています");
  const inference = await ask("/v2/models/digits/infer");
  expect(await inference.json()).toEqual({ error: expect.stringContaining("busy") });
});
