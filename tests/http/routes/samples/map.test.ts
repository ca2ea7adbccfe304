import { expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import type { DrawingMap } from "../../../../src/domain/samples/drawing-map.ts";
import { newRun, newSample } from "../../../storage/helpers.ts";
import { RESULTS } from "../../../support/examples.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** An application with ten drawings labelled 7, and a run that has put the first eight on a map, predicted as 1. */
async function withMap(change: Partial<DrawingMap> = {}): Promise<TestApp & { ids: string[] }> {
  let map: DrawingMap | null = null;
  const app = await createTestApp({
    results: { ...RESULTS, drawingMap: async (runId) => (runId === "made" ? map : null) },
    pipelines: ["tuning", "map"],
  });
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) {
    ids.push((await app.store.samples.insert(newSample({ label: "7", predicted: "7" }))).sample.id);
    if (i !== 7) continue;
    map = {
      ...{ total: 8, last_arrival: ids[7]!, classes: ["1", "7"], ids: [...ids] },
      ...{ x: ids.map((_, n) => n / 8), y: ids.map(() => 0.25) },
      ...{ predicted: ids.map(() => 0), confidence: ids.map(() => 0.876) },
      ...change,
    };
  }
  const { runs } = app.store;
  await runs.create(newRun("made", { pipeline: "map" }));
  const dataset = { name: "model", fingerprint: null, version: "3", type: "model", shape: null };
  const times = { startedAt: null, finishedAt: null, durationMs: 1, reason: null };
  await runs.putNode("made", {
    ...{ node: "embed_drawings", position: 2, status: "done", ...times },
    ...{ inputs: [dataset], outputs: [] },
  });
  await end(app, "made", "done");
  return { ...app, ids };
}

async function end({ store }: TestApp, id: string, status: "done" | "failed"): Promise<void> {
  const error = status === "failed" ? "The disk is full" : null;
  await store.runs.update(id, { status, error, finishedAt: "2026-01-02T03:04:05.000Z" });
}

test("GET /samples/map without drawings or without a model says what is missing, and offers no button", async () => {
  const { send, store, registry } = await createTestApp();
  const few = await (await send("GET", "/samples/map")).text();
  expect(few).toContain("A map needs 10 drawings, and there are 0.");
  expect(few).not.toContain("Make the map</button>");
  registry.championVersion = 0;
  for (let i = 0; i < 10; i++) await store.samples.insert(newSample({ label: "7" }));
  const none = await (await send("GET", "/samples/map")).text();
  expect(none).toContain("There is no model yet, and a map shows what is alike to one.");
  expect(none).not.toContain("Make the map</button>");
});

test("GET /samples/map says of which model, how many drawings and when, and what has changed since", async () => {
  const { send, store, ids } = await withMap();
  await store.samples.delete(ids[0]!, LOCAL);
  await store.samples.update(ids[1]!, { state: "rejected" }, LOCAL);
  const html = await (await send("GET", "/samples/map")).text();
  expect(html).toContain("All 8 drawings");
  expect(html).toContain('<a href="/models/3">Model 3</a>');
  expect(html).toContain('datetime="2026-01-02T03:04:05.000Z"');
  expect(html).toContain("2 newer drawings are not on it.");
  expect(html).toContain("2 were deleted or withdrawn since, and are left out.");
  expect(html).toMatch(/data-label="7" aria-pressed="true"><b>7<\/b> <span class="map-count soft">6</);
  expect(html).toContain('<a class="back" href="/samples">');
});

test.each([
  ["en", "When anyone is forgotten, the whole map is removed, and can be made again."],
  ["ja", "だれかのデータを消去すると、マップ全体が削除されます。"],
])("GET /samples/map says in %s that forgetting anyone removes the whole map", async (language, sentence) => {
  const { app } = await withMap();
  const response = await app.request("/samples/map", { headers: { "accept-language": language } });
  expect(await response.text()).toContain(sentence);
});

test("GET /samples/map/points has the labels as they are now, without deleted drawings, and is kept nowhere", async () => {
  const { send, store, ids } = await withMap();
  await store.samples.delete(ids[0]!, LOCAL);
  await store.samples.update(ids[1]!, { state: "rejected" }, LOCAL);
  await store.samples.update(ids[2]!, { label: "9" }, LOCAL);
  await store.samples.update(ids[3]!, { state: "negative" }, LOCAL);
  const response = await send("GET", "/samples/map/points");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const points = (await response.json()) as Record<string, unknown>;
  expect(Buffer.from(points.ids as string, "base64url").toString("hex")).toBe(
    ids.slice(1, 8).join("").replaceAll("-", ""),
  );
  expect(points).toMatchObject({
    labels: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    x: [1_250, 2_500, 3_750, 5_000, 6_250, 7_500, 8_750],
    y: [2_500, 2_500, 2_500, 2_500, 2_500, 2_500, 2_500],
    label: [7, 9, -1, 7, 7, 7, 7],
    predicted: [1, 1, 1, 1, 1, 1, 1],
    confidence: [88, 88, 88, 88, 88, 88, 88],
    withdrawn: [0],
  });
});

test("GET /samples/map/points says that there is no map with 404, as when its file is gone or is not one", async () => {
  const { send } = await createTestApp();
  expect((await send("GET", "/samples/map/points")).status).toBe(404);
  const broken = await withMap({ x: [0.5] });
  expect((await broken.send("GET", "/samples/map/points")).status).toBe(404);
  expect(await (await broken.send("GET", "/samples/map")).text()).toContain(
    "The file of the last map no longer exists. Make the map again.",
  );
});

test("GET /samples/map/cells has the cells of drawings by their ids, and refuses other texts with 400", async () => {
  const { send, ids } = await withMap();
  const address = Buffer.from(ids.slice(0, 2).join("").replaceAll("-", ""), "hex").toString("base64url");
  const response = await send("GET", `/samples/map/cells?ids=${address}`);
  const html = await response.text();
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect([...html.matchAll(/data-id="([^"]+)"/g)].map(([, id]) => id)).toEqual(ids.slice(0, 2));
  expect(html).not.toContain("hx-get");
  const unknown = Buffer.alloc(16).toString("base64url");
  expect(await (await send("GET", `/samples/map/cells?ids=${unknown}`)).text()).toBe("");
  for (const bad of ["", "x", `${address}A`])
    expect((await send("GET", `/samples/map/cells?ids=${bad}`)).status).toBe(400);
});

test("POST /samples/map starts a run of pipeline map by the page, and comes back", async () => {
  const { send, scheduler } = await withMap();
  const response = await send("POST", "/samples/map", "", FORM);
  expect([response.status, response.headers.get("location")]).toEqual([303, "/samples/map"]);
  expect(scheduler.triggered).toMatchObject([{ pipeline: "map", params: {}, trigger: "page" }]);
});

test("POST /samples/map while another run is running says so with 409, and shows the map", async () => {
  const { send, scheduler } = await withMap();
  scheduler.runningRunId = "busy";
  const response = await send("POST", "/samples/map", "", FORM);
  const html = await response.text();
  expect(response.status).toBe(409);
  expect(html).toMatch(/<p class="alert" role="alert">Run busy is still running/);
  expect(html).toContain("All 8 drawings");
});

test("GET /samples/map shows a run that is running, and why the last one failed", async () => {
  const app = await withMap();
  await app.store.runs.create(newRun("next", { pipeline: "map" }));
  const page = async () => (await app.send("GET", "/samples/map")).text();
  expect(await page()).toContain('data-run="next" data-state="running"');
  await end(app, "next", "failed");
  const failed = await page();
  expect(failed).toContain("The last map was not made. The disk is full");
  // The earlier map is still shown.
  expect(failed).toContain("All 8 drawings");
});

test("GET /samples/map is Japanese for a Japanese reader, and is linked from the contact sheet", async () => {
  const { app, send } = await withMap();
  const html = await (await app.request("/samples/map", { headers: { "accept-language": "ja" } })).text();
  expect(html).toContain("<h1>手書きのマップ</h1>");
  expect(html).toContain("手書き全 8 件");
  expect(await (await send("GET", "/samples")).text()).toContain('href="/samples/map"');
});
