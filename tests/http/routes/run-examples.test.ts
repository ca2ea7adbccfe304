import { expect, test } from "bun:test";
import { decodeMetrics, NO_METRICS } from "../../../src/domain/metrics.ts";
import { RESULTS } from "../../support/examples.ts";
import { createTestApp } from "../../support/test-app.ts";

const report = (accuracy: number) => ({
  n: 3,
  accuracy,
  loss: 0.5,
  per_class: [
    { label: "4", n: 2, recall: 0.5, precision: 0.5 },
    { label: "9", n: 1, recall: 0, precision: 0 },
  ],
  confusion: [
    [1, 1],
    [1, 0],
  ],
  calibration: { ece: 0.25, bins: [{ from: 0.6, to: 0.9, n: 3, confidence: 0.7, accuracy: 0.4 }] },
});

async function appWithRun() {
  const app = await createTestApp({ results: RESULTS });
  await app.store.runs.create({
    id: "run-1",
    pipeline: "tuning",
    params: {},
    trigger: "api",
    command: "tegaki run",
  });
  const finished = { status: "done" as const, finishedAt: "2026-01-02T03:05:00.000Z" };
  const metrics = decodeMetrics({ mnist_test: report(0.4), champion_mnist_test: report(0.3) });
  await app.store.runs.update("run-1", { ...finished, metrics });
  return app;
}

test("GET /runs/{id} shows both models' matrices, calibration and worst mistakes, each cell leading to its drawings", async () => {
  const { app } = await appWithRun();
  const html = await (await app.request("/runs/run-1")).text();
  for (const text of [
    "New model",
    "Champion at the time",
    'aria-label="4 classified as 9: 1"',
    'href="/runs/run-1/examples?set=mnist_test&amp;true=4&amp;predicted=9"',
    'hx-target="#examples-mnist_test"',
    "Expected calibration error 25.00",
    'alt="4 classified as 9, 90.0\u00a0% confidence"',
    "data:image/png;base64,",
  ]) {
    expect(html).toContain(text);
  }
  // The champion's examples were not kept: its cells lead nowhere.
  expect(html).not.toContain("set=champion_mnist_test");
});

test("GET /runs/{id} of an older run shows what it recorded, and no drawings", async () => {
  const { app, store } = await appWithRun();
  await store.runs.update("run-1", { metrics: decodeMetrics({ mnist_test: { accuracy: 0.9 } }) });
  const html = await (await app.request("/runs/run-1")).text();
  expect(html).toContain("90.00");
  expect(html).not.toContain('<svg class="matrix');
  const other = await createTestApp();
  await other.store.runs.create({ id: "old", pipeline: "ds", params: {}, trigger: "cli", command: "" });
  await other.store.runs.update("old", {
    status: "done",
    finishedAt: "2026-01-02T03:05:00.000Z",
    metrics: decodeMetrics({ mnist_test: { ...report(0.9), calibration: undefined } }),
  });
  const old = await (await other.app.request("/runs/old")).text();
  expect(old).toContain('class="matrix"');
  expect(old).not.toContain("/examples?");
});

test("GET /runs/{id}/examples is a page for a browser and a fragment for htmx", async () => {
  const { app } = await appWithRun();
  const path = "/runs/run-1/examples?set=mnist_test&true=9&predicted=4";
  const page = await (await app.request(path)).text();
  expect(page).toStartWith("<!doctype html>");
  expect(page).toContain("MNIST test set: 9 classified as 4");
  const fragment = await (await app.request(path, { headers: { "hx-request": "true" } })).text();
  expect(fragment).toStartWith("<div");
  expect(fragment).toContain('alt="9 classified as 4, 60.0\u00a0% confidence"');
});

test("GET /runs/{id}/examples reports a missing set with 404, and half a cell with 400", async () => {
  const { app } = await appWithRun();
  const status = async (path: string) => (await app.request(path)).status;
  expect(await status("/runs/none/examples")).toBe(404);
  expect(await status("/runs/run-1/examples?set=nope")).toBe(404);
  expect(await status("/runs/run-1/examples?true=4")).toBe(400);
});

test("GET /runs/{id}/report is the run's page, whose one style is allowed by its hash; the run's page leads there", async () => {
  const { app, store } = await appWithRun();
  expect(await (await app.request("/runs/run-1")).text()).toContain('href="/runs/run-1/report"');
  await store.runs.update("run-1", { metrics: NO_METRICS });
  expect(await (await app.request("/runs/run-1")).text()).toContain('href="/runs/run-1/report"');
  const response = await app.request("/runs/run-1/report");
  expect(await response.text()).toMatch(/<html lang="en">.*<p>Report<\/p>/);
  const japanese = await app.request("/runs/run-1/report", { headers: { "accept-language": "ja" } });
  expect(await japanese.text()).toContain('<html lang="ja">');
  const hash = new Bun.CryptoHasher("sha256").update("p{margin:0}").digest("base64");
  expect(response.headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
  await store.runs.create({ id: "run-2", pipeline: "de", params: {}, trigger: "api", command: "" });
  expect(await (await app.request("/runs/run-2")).text()).not.toContain("/report");
  expect((await app.request("/runs/run-2/report")).status).toBe(404);
});
