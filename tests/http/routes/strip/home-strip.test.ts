import { expect, test } from "bun:test";
import { SCHEDULE } from "../../../../src/domain/actor.ts";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, STROKES } from "../../../support/test-app.ts";

const stripOf = (html: string) =>
  /<section class="home-strip".*?<\/section>/s
    .exec(html)?.[0]
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

test("every page shows labels against the threshold, the live model and its accuracy, and the Draw page does not", async () => {
  const { app, send, scheduler, deps } = await createTestApp();
  scheduler.newSamples = 12;
  const { id, label } = await (await send("POST", "/api/v1/predict", STROKES)).json();
  await deps.store.predictions.flush();
  await deps.monitor.flush();
  await send("POST", "/api/v1/samples", { ...STROKES, label, prediction_id: id });
  for (const path of ["/runs", "/models", "/settings", "/docs", "/label"]) {
    const strip = stripOf(await (await app.request(path)).text());
    expect(strip).toBe("New labels 13 / 500 No run Model 1 100.0 % correct of 1 labelled");
  }
  expect(stripOf(await (await app.request("/")).text())).toBeUndefined();
});

test("the strip shows the run with its link, and what needs a person: a failed run, requests and labels in review", async () => {
  const { app, store } = await createTestApp();
  await store.scheduler.addRequest({
    ...{ kind: "run", state: "pending", pipeline: "tuning", trigger: "new_samples", reason: "due" },
    ...{ runId: null, requestedBy: SCHEDULE, modelVersion: null, expectedPrevious: null },
  });
  const run = { pipeline: "tuning", params: {}, trigger: "page", command: "" };
  await store.runs.create({ id: "r1", ...run });
  await store.runs.update("r1", {
    status: "failed",
    error: "out of memory",
    finishedAt: "2026-01-02T03:04:05.000Z",
  });
  await store.runs.putDetails("r1", {
    ...{ env: null, slice: {}, parameters: {}, runner: "SequentialRunner" },
    ...{ dataVersion: "2026-01-02T03.04.05.000Z", resumedFrom: null, causes: [] },
  });
  await store.runs.putNode("r1", {
    ...{ node: "fine_tune", position: 1, status: "failed", startedAt: "2026-01-02T03:04:05.000Z" },
    ...{ finishedAt: null, durationMs: null, reason: "out of memory", inputs: [], outputs: [] },
  });
  const failed = await (await app.request("/strip")).text();
  expect(failed).toContain('<a href="/runs/r1">Failed run</a>');
  expect(failed).toContain('<a href="/scheduler#scheduler-requests">1 to approve</a>');
  expect(failed).not.toContain("to review");
});

test("the strip shows a running run, in Japanese as well", async () => {
  const { app, store } = await createTestApp();
  await store.runs.create({ id: "r1", pipeline: "tuning", params: {}, trigger: "page", command: "" });
  await store.runs.update("r1", { status: "running", startedAt: "2026-01-02T03:04:00.000Z" });
  const html = await (await app.request("/strip", { headers: { "accept-language": "ja" } })).text();
  expect(html).toContain(
    '<a href="/runs/r1"><span class="strip-wide">tuning を実行中 </span><strong>開始</strong>',
  );
});

test("many pages at the same time cost the store one reading of the strip", async () => {
  const { app, scheduler } = await createTestApp();
  let reads = 0;
  const status = scheduler.status.bind(scheduler);
  scheduler.status = async () => {
    reads += 1;
    return status();
  };
  await Promise.all(Array.from({ length: 20 }, () => app.request("/settings")));
  expect(reads).toBe(1);
});

test("the strip names the drawings without a label, and the number in the navigation stays that of labels in review", async () => {
  const { app, send } = await createTestApp();
  expect((await send("POST", "/api/v1/queue/drawings", STROKES)).status).toBe(201);
  const page = await (await app.request("/runs")).text();
  expect(page).toContain('<a href="/label/unlabelled">1 without a label</a>');
  expect(page).toContain('<span id="nav-review"></span>');
  const none = await createTestApp();
  expect(await (await none.app.request("/runs")).text()).not.toContain("without a label");
});

test("with the strip come the counts of the navigation and of the tabs, which every page of the label queue has", async () => {
  const { app, store, send } = await createTestApp();
  expect((await send("POST", "/api/v1/queue/drawings", STROKES)).status).toBe(201);
  const { sample } = await store.samples.insert(newSample({ label: "7" }));
  await store.samples.putMarks("r1", [{ id: sample.id, label: "7", reading: "1", p: 0.1, state: "suspect" }]);
  const strip = await (await app.request("/strip", { headers: { "hx-request": "true" } })).text();
  expect(strip).toContain('data-unlabelled="1"');
  expect(strip).toMatch(/<span id="nav-review" hx-swap-oob="innerHTML"><span class="nav-count"[^>]*>1</);
  expect(strip).toContain('<span id="tab-review" hx-swap-oob="innerHTML">1</span>');
  expect(strip).toContain('<span id="tab-unlabelled" hx-swap-oob="innerHTML">1</span>');
  for (const path of ["/label?state=suspect", "/label/unlabelled", "/label/grid", "/label/agreement"]) {
    const html = await (await app.request(path)).text();
    const countOf = (tab: string) => new RegExp(`id="tab-${tab}" class="tab-count">(\\d*)`).exec(html)?.[1];
    const counts = ["review", "unlabelled"].map(countOf);
    expect([path, ...counts]).toEqual([path, "1", "1"]);
  }
});
