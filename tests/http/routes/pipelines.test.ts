import { expect, test } from "bun:test";
import { checkParams } from "../../../src/config/check-params.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import { createPictures } from "../../../src/graph/pictures.ts";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { type Saying, saying } from "../../../src/lib/saying.ts";
import { drawGraph, type GraphDrawing, SERVER_LINKS } from "../../../views/graph/drawing.tsx";
import { graphOf } from "../../graph/support.ts";
import { BASE } from "../../support/base-config.ts";
import { storedEvent } from "../../support/run-events.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const HTMX = { "hx-request": "true" };
const AT = "2026-01-02T03:04:05.000Z";
const GRAPH = {
  ...graphOf(["load: raw params:p -> x", "train: x params:deep -> model"], { raw: "raw", model: "models" }),
  parameters: {
    "params:p": { value: 3, isSettable: true },
    "params:deep": { value: { rate: 0.1, on: true }, isSettable: true },
    "params:gate": { value: 1, isSettable: false },
  },
};
const PARAMETERS = `${BASE["parameters.yml"]}\np: 3\ndeep: {rate: 0.1, on: true}\n`;
const CONFIG = { base: { ...BASE, "parameters.yml": PARAMETERS }, dir: "/nonexistent", environ: {} };
const withGraph = (overrides = {}) =>
  createTestApp({
    graph: () => GRAPH,
    pipelines: ["p"],
    checkParams: (given) => checkParams(CONFIG, given),
    ...overrides,
  });
const get = async (app: TestApp, path: string, headers = {}) => {
  const response = await app.app.request(path, { headers });
  return { status: response.status, html: await response.text() };
};
const post = (app: TestApp, fields: Record<string, string>, headers = {}) =>
  app.app.request("/pipelines", { method: "POST", body: new URLSearchParams(fields), headers });

async function addRun({ store }: TestApp, id: string, status: "running" | "done" = "done") {
  await store.runs.create({
    id,
    pipeline: "p",
    params: {},
    trigger: "page",
    command: "tegaki run --pipeline p",
  });
  await store.runs.update(id, { status, startedAt: AT });
  const tell = (type: string, node: string | null, data: Record<string, unknown> = {}) =>
    store.runs.appendEvent(storedEvent(type, node, data, { runId: id, at: AT }));
  await tell("run_started", null, { nodes: ["load", "train"] });
  await tell("node_started", "load");
  await tell("node_done", "load", { duration_ms: 420 });
  await tell("node_started", "train");
}

test("GET /pipelines shows the graph of a pipeline as a page", async () => {
  const { status, html } = await get(await withGraph(), "/pipelines");
  expect(status).toBe(200);
  for (const text of [
    "<title>Pipelines",
    'data-key="node:load"',
    "/graph.js",
    'href="/pipelines?pipeline=p&amp;select=node%3Atrain"',
  ]) {
    expect(html).toContain(text);
  }
});

test("GET /pipelines/part/{part} gives the view, the panel or the run's bar alone", async () => {
  const app = await withGraph();
  expect((await get(app, "/pipelines/part/view?pipeline=p")).html).toStartWith('<div id="graph-view"');
  expect((await get(app, "/pipelines/part/panel?pipeline=p&select=node:load")).html).toStartWith(
    '<article class="g-panel"',
  );
  expect((await get(app, "/pipelines/part/panel?pipeline=p")).html).toBe("");
  expect((await get(app, "/pipelines/part/run?pipeline=p")).html).toStartWith('<form id="graph-run"');
  expect((await get(app, "/pipelines/part/else")).status).toBe(404);
});

test("GET /pipelines shows the newest run of the pipeline, another by its id, or none", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  expect((await get(app, "/pipelines?pipeline=p")).html).toContain('aria-label="Node train, Running"');
  expect((await get(app, "/pipelines?run=run-1&at=2")).html).toContain('aria-label="Node load, Running"');
  expect((await get(app, "/pipelines?pipeline=p&run=none")).html).toContain('aria-label="Node train"');
  expect((await get(app, "/pipelines?run=nope")).status).toBe(404);
});

test("GET /pipelines shows of a node when it last ran, and of a dataset its rows", async () => {
  const app = await withGraph();
  await addRun(app, "run-1");
  await app.store.runs.putNode("run-1", {
    node: "load",
    position: 1,
    status: "done",
    startedAt: AT,
    finishedAt: AT,
    durationMs: 420,
    reason: null,
    inputs: [{ name: "raw", fingerprint: null, version: null, type: "images", shape: [70_000, 28, 28] }],
    outputs: [],
  });
  expect((await get(app, "/pipelines/part/panel?select=node:load")).html).toContain("0.4 s");
  expect((await get(app, "/pipelines/part/panel?select=dataset:raw")).html).toContain("70,000");
});

test("GET /pipelines previews the selected dataset, and shows the rest when that fails", async () => {
  const previews = async (name: string) => {
    if (name === "model") throw new Error("unreadable");
    return { kind: "text" as const, text: `content of ${name}` };
  };
  const app = await withGraph({ previews });
  expect((await get(app, "/pipelines/part/panel?select=dataset:raw")).html).toContain("content of raw");
  const failed = await get(app, "/pipelines/part/panel?select=dataset:model");
  expect([failed.status, app.errors.length]).toEqual([200, 1]);
  expect(failed.html).toContain("No preview yet.");
  // Held in memory: the catalog is not asked.
  expect((await get(app, "/pipelines/part/panel?select=dataset:x")).html).not.toContain("content of x");
});

test("POST /pipelines starts the pipeline with the parameters that were filled in, and shows the run on the graph", async () => {
  const app = await withGraph();
  const response = await post(app, {
    pipeline: "p",
    "param.p": "5",
    "param.deep.rate": " 0.2 ",
    "param.deep.on": "",
  });
  expect([response.status, response.headers.get("location")]).toEqual([
    303,
    "/pipelines?pipeline=p&run=run-1",
  ]);
  expect(app.scheduler.triggered).toEqual([
    { pipeline: "p", params: { p: 5, deep: { rate: 0.2 } }, trigger: "page", startedBy: LOCAL },
  ]);
});

test("POST /pipelines starts just the chosen part, and shows the run on the same picture", async () => {
  const app = await withGraph();
  const picture = "pipeline=p&select=node%3Atrain&kind=node&at=3";
  const response = await post(app, { pipeline: "p", picture, slice: "from_nodes=train" });
  expect(response.headers.get("location")).toBe(
    "/pipelines?pipeline=p&kind=node&select=node%3Atrain&run=run-1",
  );
  expect(app.scheduler.triggered).toEqual([
    { pipeline: "p", params: {}, slice: { from_nodes: ["train"] }, trigger: "page", startedBy: LOCAL },
  ]);
});

test("POST /pipelines keeps the chosen part with the error, and refuses a part that does not exist", async () => {
  const app = await withGraph();
  const picture = "pipeline=p&select=node%3Atrain";
  const wrong = await post(app, { pipeline: "p", picture, slice: "nodes=train", "param.p": "[1" }, HTMX);
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/value="nodes=train" checked/);
  for (const slice of ["nodes=nope", "runner=evil", "to_nodes=load,train"]) {
    const refused = await post(app, { pipeline: "p", picture, slice }, HTMX);
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining("p has no such part. Choose another"),
    ]);
  }
  expect(app.scheduler.triggered).toEqual([]);
});

test("GET /pipelines/part/slices offers the parts around the selected element, and says what one would lack", async () => {
  const { html } = await get(
    await withGraph(),
    "/pipelines/part/slices?select=node:train&slice=nodes%3Dtrain",
  );
  expect(
    [...html.matchAll(/value="([^"]*)"( checked)?/g)].slice(1).map(([, value, chosen]) => [value, !!chosen]),
  ).toEqual([
    ["", false],
    ["nodes=train", true],
    ["from_nodes=train", false],
    ["to_nodes=train", false],
  ]);
  expect(html).toContain("tegaki run --pipeline p --from-nodes train");
  expect(html.match(/Missing x: it is only held in memory/g)).toHaveLength(2);
});

test("POST /pipelines redraws the form with 422, with 409 while a run is running, and starts nothing", async () => {
  const app = await withGraph();
  const wrong = await post(app, { pipeline: "p", "param.p": "[5,seed=7" }, HTMX);
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toStartWith('<form id="graph-start-form"');
  expect(html).toContain('value="[5,seed=7"');
  expect(html).toContain("starts a list with [ and does not end it");
  expect((await post(app, { pipeline: "nope" })).status).toBe(422);
  app.scheduler.runningRunId = "run-9";
  const busy = await post(app, { pipeline: "p" });
  expect(busy.status).toBe(409);
  expect(await busy.text()).toContain("Run run-9 is still running");
  expect(app.scheduler.triggered).toEqual([]);
});

test("GET /pipelines/events sends events after a number, without those that the graph does not show", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  const of = { runId: "run-1", at: AT };
  await app.store.runs.appendEvent({ ...of, type: "log", node: "train", message: "hidden" });
  await app.store.runs.appendEvent({ ...of, type: "progress", node: "train", data: { progress: 0.5 } });
  const response = await app.app.request("/pipelines/events?after=3");
  expect(response.headers.get("content-type")).toStartWith("text/event-stream");
  const reader = response.body!.getReader();
  let text = "";
  while (!text.includes("progress")) text += new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  expect(text).toContain("id: 4");
  expect(text).toContain('"type":"running","node":"train"');
  expect(text).not.toContain("hidden");
  expect(text).not.toContain('"node":"load"');
});

test("HEAD /pipelines/events ends at once", async () => {
  const { app } = await withGraph();
  const response = await app.request("/pipelines/events", { method: "HEAD" });
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test("GET /pipelines/events continues after Last-Event-ID, live, and stops listening when the page is left", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  const response = await app.app.request("/pipelines/events?after=0", { headers: { "last-event-id": "4" } });
  const reader = response.body!.getReader();
  let text = "";
  const readUntil = async (words: string) => {
    while (!text.includes(words)) text += new TextDecoder().decode((await reader.read()).value);
  };
  await readUntil("retry: 1000");
  const said = storedEvent("node_failed", "train", { error: "no ink" }, { runId: "run-1" });
  app.events.emit(await app.store.runs.appendEvent(said));
  await readUntil("no ink");
  expect([...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)).toEqual(["5"]);
  expect(app.events.subscribers).toBe(1);
  await reader.cancel();
  expect(app.events.subscribers).toBe(0);
});

test("GET /pipelines shows the failed node of a failed run, those after it as pending, and the reason in the panel", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  const tell = (type: string, node: string | null, error: string) =>
    app.store.runs.appendEvent(storedEvent(type, node, { error }, { runId: "run-1", at: AT }));
  await tell("node_failed", "load", "No ink");
  await tell("run_failed", null, 'Node "load": No ink');
  await app.store.runs.update("run-1", { status: "failed", error: 'Node "load": No ink', finishedAt: AT });
  const { html } = await get(app, "/pipelines?pipeline=p&select=node:load");
  expect(html).toContain('aria-label="Node load, Failed"');
  expect(html).toMatch(/class="alert"><strong>Failed<\/strong>: No ink</);
});

test("GET /pipelines shows in Japanese why a node failed, and why a run did when the node did not report it", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  const add = (type: string, node: string | null, error: string, says: Saying) =>
    app.store.runs.appendEvent(storedEvent(type, node, { error, says }, { runId: "run-1", at: AT }));
  await add("node_failed", "load", "No drawings", saying("noDrawings"));
  await add("run_failed", null, "Killed", saying("processSignalSilent", { signal: "SIGKILL" }));
  await app.store.runs.update("run-1", { status: "failed", error: "Killed", finishedAt: AT });
  const panel = async (node: string) =>
    (await get(app, `/pipelines?pipeline=p&select=node:${node}`, { "accept-language": "ja" })).html;
  expect(await panel("load")).toMatch(/<strong>失敗<\/strong>：学習に使えるラベル付きの手書きがありません/);
  expect(await panel("train")).toContain(
    "：プロセスが SIGKILL により終了しました。エラーの出力はありません。",
  );
});

test("GET /pipelines shows a run whose process was killed as over, and gives the run's reason", async () => {
  const app = await withGraph();
  await addRun(app, "run-1", "running");
  const error = "The process was ended by SIGKILL";
  await app.store.runs.update("run-1", { status: "failed", error, finishedAt: AT });
  const { html } = await get(app, "/pipelines?pipeline=p&select=node:train");
  expect(html).toContain('aria-label="Node train, Failed"');
  expect(html).toMatch(/aria-label="Node load, [\d.]+ m?s, Done"/);
  expect(html).toContain(`<strong>Failed</strong>: ${error}`);
});

test("GET /pipelines shows a pipeline as a list, with the reason, when drawing it takes too long", async () => {
  const says = saying("graphTooSlow", { pipeline: "p", seconds: 8 });
  let asked: (Saying | null)[] = [];
  const app = await withGraph({
    drawGraph: async (drawing: GraphDrawing) => {
      asked.push(drawing.problem);
      if (drawing.problem === null) throw new UnavailableError("Too slow", { says });
      return drawGraph(drawing, GRAPH, createPictures(), SERVER_LINKS);
    },
  });
  for (const path of ["/pipelines?draw=on", "/pipelines/part/view?pipeline=p&draw=on"]) {
    asked = [];
    const { status, html } = await get(app, path);
    expect([path, status, asked]).toEqual([path, 200, [null, says]]);
    expect(html).toContain("took more than 8 s. Show less of it");
    expect(html).toContain('data-find="train"');
    expect(html).not.toContain("graph-svg");
  }
  const other = await withGraph({
    drawGraph: async () => {
      throw new UnavailableError("The server is stopping");
    },
  });
  expect((await get(other, "/pipelines")).status).toBe(503);
});
