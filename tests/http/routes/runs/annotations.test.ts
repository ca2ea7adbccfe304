import { expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { builtInRuns } from "../../../support/built-in-runs.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const HTMX = { "hx-request": "true" };
const DETAILS = {
  ...{ env: null, slice: {}, parameters: {}, runner: "SequentialRunner", dataVersion: "v" },
  ...{ resumedFrom: null, causes: [] },
};

async function withRun(status: "failed" | "done" = "failed") {
  const app = await createTestApp(await builtInRuns());
  const params = { tuning_epochs: 2 };
  await app.store.runs.create({
    id: "r1",
    pipeline: "tuning",
    params,
    trigger: "page",
    command: "tegaki run",
  });
  await app.store.runs.putDetails("r1", DETAILS);
  await app.store.runs.update("r1", { status });
  return app;
}

const post = (app: TestApp, path: string, fields: Record<string, string>, headers = {}) =>
  app.app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
const page = async (app: TestApp, path: string) => (await app.app.request(path)).text();

test("POST /runs/{id}/tags and /note change them, with and without script", async () => {
  const app = await withRun();
  const added = await post(app, "/runs/r1/tags", { add: "kana" }, HTMX);
  expect(await added.text()).toContain("#kana");
  const noted = await post(app, "/runs/r1/note", { note: "less noise" });
  expect([noted.status, noted.headers.get("location")]).toEqual([303, "/runs/r1"]);
  const html = await page(app, "/runs/r1");
  expect(html).toContain(">less noise</textarea>");
  expect(html).toContain("Last written by This machine");
  expect(await page(app, "/runs?search=noise")).toContain('<tr id="run-r1">');
  expect(await page(app, "/runs?tag=kana")).toContain("less noise");
  expect(await page(app, "/runs?search=other")).toContain("No run matches");
  await post(app, "/runs/r1/tags", { add: "typed", remove: "kana" }, HTMX);
  expect((await app.store.runs.annotations(["r1"]))[0]?.tags).toEqual([]);
  const refused = await post(app, "/runs/r1/tags", { add: "a,b" }, HTMX);
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("without commas")]);
});

test("POST /runs/{id}/retry and /resume start a failed run with the typed parameters, or lead to the run's page with the form as typed", async () => {
  const app = await withRun();
  const html = await page(app, "/runs/r1");
  expect(html).toContain('id="again-tuning_epochs" name="param.tuning_epochs"');
  expect(html).toContain('value="2"');
  const resumed = await post(app, "/runs/r1/resume", { "param.tuning_epochs": "1" });
  expect([resumed.status, resumed.headers.get("location")]).toEqual([303, "/runs/run-1"]);
  expect(app.scheduler.triggered).toEqual([
    { pipeline: "tuning", params: { tuning_epochs: 1 }, trigger: "page", startedBy: LOCAL, resume: "r1" },
  ]);
  const wrong = await post(app, "/runs/r1/retry", { "param.tuning_epochs": "0" });
  const shown = wrong.headers.get("location") ?? "";
  expect([wrong.status, shown]).toEqual([303, expect.stringMatching(/^\/runs\/r1\?refused=[\w-]+$/)]);
  // It can be loaded again, and shows what was typed.
  for (let n = 0; n < 2; n++) expect(await page(app, shown)).toContain("must be at least 1, found 0");
  expect(await page(app, shown)).toContain('value="0"');
  const busy = await post(app, "/runs/r1/retry", {});
  expect(busy.status).toBe(303);
  expect(await page(app, busy.headers.get("location") ?? "")).toContain("is still running");
  const plain = await page(app, "/runs/r1");
  expect(await page(app, "/runs/r1?refused=unknown")).not.toContain("is still running");
  expect(plain).not.toContain("must be at least 1, found 0");
});

test("the page of a run that is done offers no retry", async () => {
  const app = await withRun("done");
  expect(await page(app, "/runs/r1")).not.toContain('id="run-again"');
  const refused = await post(app, "/runs/r1/retry", {});
  expect(refused.status).toBe(303);
  expect(await page(app, refused.headers.get("location") ?? "")).toContain("Run r1 cannot be retried");
});

test("GET /runs/compare shows runs side by side, and refuses a single one", async () => {
  const app = await withRun("done");
  await app.store.runs.create({
    id: "r2",
    pipeline: "tuning",
    params: {},
    trigger: "page",
    command: "tegaki run",
  });
  await app.store.runs.putDetails("r2", { ...DETAILS, parameters: { tuning_epochs: 7 } });
  const html = await page(app, "/runs/compare?run=r1&run=r2");
  expect(html).toContain("<mark>7</mark>");
  expect((await app.app.request("/runs/compare?run=r1")).status).toBe(400);
});
