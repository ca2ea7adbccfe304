import { expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../../../src/domain/actor.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const post = (app: TestApp, path: string, fields: Record<string, string> = {}) =>
  app.send("POST", path, new URLSearchParams(fields).toString(), FORM);
const pageOf = async (app: TestApp, path = "/scheduler") => (await app.send("GET", path)).text();

async function withRequest(): Promise<TestApp> {
  const app = await createTestApp();
  await app.store.scheduler.addRequest({
    ...{ kind: "promotion", state: "pending", pipeline: null, trigger: null, runId: "run-1" },
    ...{ modelVersion: 2, expectedPrevious: 1, reason: "<it> passed the gate", requestedBy: SCHEDULE },
  });
  return app;
}

test("GET /scheduler shows each condition with value, threshold and whether it holds", async () => {
  const app = await createTestApp();
  app.scheduler.newSamples = 12;
  const html = await pageOf(app);
  expect(html).toContain("No training run is due");
  expect(html).toMatch(/id="condition-new_samples".*?New labels.*?>12<.*?>500<.*?Not met/s);
  expect(html).toMatch(/id="condition-cron" class="soft".*?Off/s);
  expect(html).toContain("When there are enough labels");
});

test("GET /scheduler shows the last decisions in pages", async () => {
  const app = await createTestApp();
  for (let n = 0; n < 25; n++) {
    await app.store.scheduler.addTick({
      ...{ at: "2026-01-02T03:04:05.000Z", decision: "wait", detail: `decision ${n}` },
    });
  }
  const newest = await pageOf(app);
  expect(newest.match(/id="tick-/g)).toHaveLength(20);
  const [, older] = /href="(\/scheduler\?before=\d+)#/.exec(newest) ?? [];
  const next = await pageOf(app, older);
  expect(next.match(/id="tick-/g)).toHaveLength(5);
  expect(next).toContain("decision 0");
});

test("POST /scheduler/pause and /resume record who and why, and lead back", async () => {
  const app = await createTestApp();
  const response = await post(app, "/scheduler/pause", { reason: "a fair" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/scheduler"]);
  expect(app.scheduler).toMatchObject({ isPaused: true, pausedBy: LOCAL, pauseReason: "a fair" });
  expect(await pageOf(app)).toContain('action="/scheduler/resume"');
  await post(app, "/scheduler/resume");
  expect(app.scheduler).toMatchObject({ isPaused: false, pauseReason: null });
  expect((await post(app, "/scheduler/pause", { reason: "x".repeat(501) })).status).toBe(422);
});

test("POST /scheduler/trigger starts training and leads to the run; a second one is refused on the page", async () => {
  const app = await createTestApp();
  const response = await post(app, "/scheduler/trigger");
  expect([response.status, response.headers.get("location")]).toEqual([303, "/runs/run-1"]);
  expect(app.scheduler.triggered).toMatchObject([{ pipeline: "tuning", trigger: "page", startedBy: LOCAL }]);
  const refused = await post(app, "/scheduler/trigger");
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("Run run-1 is still running");
});

test("a request is shown with its reason, and a person approves it with one", async () => {
  const app = await withRequest();
  const html = await pageOf(app);
  expect(html).toContain("Promote model 2");
  expect(html).toContain("&lt;it&gt; passed the gate");
  expect(html).toContain("A request is waiting for you");
  expect((await post(app, "/scheduler/requests/1/approve", { reason: " " })).status).toBe(422);
  const response = await post(app, "/scheduler/requests/1/approve", { reason: "seen" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/scheduler#scheduler-requests"]);
  const after = await pageOf(app);
  expect(after).toMatch(/Decided requests.*?Promote model 2.*?Approved.*?This machine.*?seen/s);
  const again = await post(app, "/scheduler/requests/1/decline", { reason: "no" });
  expect([again.status, (await again.text()).includes("Request 1 has already been decided")]).toEqual([
    409,
    true,
  ]);
  expect((await post(app, "/scheduler/requests/9/decline", { reason: "no" })).status).toBe(404);
});

test("GET /scheduler?at= is a dry run in the reader's time zone, and asks for a time to come", async () => {
  const app = await createTestApp();
  app.scheduler.newSamples = 500;
  const dryRun = async (at: string) =>
    (await app.send("GET", `/scheduler?at=${at}`, undefined, { cookie: "tz=Asia%2FTokyo" })).text();
  expect(await dryRun("2026-02-01T03:00")).toMatch(
    /A run of tuning would start at Feb 1, 2026, 3:00\sAM: 500 of 500 new labels/,
  );
  for (const wrong of ["x", "2026-02-01", "9999-99-99T99:99"]) {
    expect(await dryRun(wrong)).toContain("Choose a time to come.");
  }
  expect(app.scheduler.triggered).toEqual([]);
});

test("the page of a run says who started and who cancelled it", async () => {
  const app = await createTestApp();
  const run = { pipeline: "tuning", params: {}, trigger: "cron", command: "", startedBy: SCHEDULE };
  await app.store.runs.create({ id: "r", ...run });
  await app.store.runs.update("r", { status: "cancelled", cancelledBy: { kind: "session", name: "3f2a" } });
  const html = await pageOf(app, "/runs/r");
  expect(html).toMatch(/Started by.*?The server.*?Cancelled by.*?A visitor \(3f2a\)/s);
  expect(await (await app.send("GET", "/api/v1/runs/r")).json()).toMatchObject({
    ...{ started_by: { kind: "schedule", name: null }, cancelled_by: { kind: "session", name: "3f2a" } },
  });
});
