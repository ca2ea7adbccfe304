import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildViz } from "../../../src/commands/viz/build-site.ts";
import type { Embedded } from "../../../src/project/embedded.ts";
import { loadProject, openProjectStore } from "../../../src/project/project.ts";
import type { Runtime } from "../../../src/project/runtime.ts";
import type { SiteData } from "../../../views/graph/site/site.tsx";
import { storedEvent } from "../../support/run-events.ts";

const BASE = join(import.meta.dir, "../../../conf/base");
const CONF = ["catalog.yml", "parameters.yml", "server.yml"];
const AT = "2026-01-02T03:04:05.000Z";
const SOURCES = {
  fine_tune: { file: "src/pipelines/ft/nodes.ts", line: 32, code: "export function fineTune() {}" },
};

const asset = (text: string) => ({ body: new TextEncoder().encode(text), contentType: "", etag: "" });
const runtime = {
  version: "0.0.0-test",
  embedded: {
    confTrees: async () => ({}),
    conf: async () =>
      Object.fromEntries(
        await Promise.all(CONF.map(async (name) => [name, await Bun.file(join(BASE, name)).text()] as const)),
      ),
    hasModel: false,
    sources: async () => SOURCES,
    page: async () =>
      new Map(
        ["style.css", "graph-site.js", "icon.svg", "graph.js"].map((name) => [name, asset(name)] as const),
      ),
  } as unknown as Embedded,
  environ: {},
  clock: { now: () => new Date(AT) },
  print: () => {},
} as unknown as Runtime;

let dir = "";
const site = () => join(dir, "site");
const build = (hasPreviews = false) => buildViz(runtime, { dir, output: site(), hasPreviews });

/** The data that the pages' script finds. */
async function dataOf(): Promise<SiteData> {
  const script = await Bun.file(join(site(), "data.js")).text();
  return JSON.parse(script.replace(/^globalThis\.tegakiGraph = /, "").replace(/;\n$/, "")) as SiteData;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-viz-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("buildViz() writes a folder of files that point to nothing outside it", async () => {
  const summary = await build();
  expect(summary.files).toEqual([
    "data.js",
    "graph-site.js",
    "icon.svg",
    "index.html",
    "index.ja.html",
    "style.css",
  ]);
  expect((await readdir(site())).sort()).toEqual(summary.files);
  const page = await Bun.file(summary.page).text();
  expect(page).not.toMatch(/(href|src)="(\/|https?:)/);
  expect(page).toContain('aria-label="Node train_model"');
  expect(await Bun.file(join(site(), "index.ja.html")).text()).toContain('aria-label="ノード train_model"');
});

test("buildViz() describes pipelines, layers, parameters and code, and creates no store", async () => {
  await build(true);
  const { graph, runs, previews } = await dataOf();
  expect(graph.pipelines.map(({ name }) => name)).toEqual([
    "__default__",
    "tuning",
    "first",
    "de",
    "ds",
    "ft",
    "evaluate",
    "curve",
    "map",
  ]);
  const fineTune = graph.pipelines[1]!.nodes.find(({ name }) => name === "fine_tune");
  expect(fineTune?.source).toEqual(SOURCES.fine_tune);
  expect(graph.datasets.tune_model).toEqual({
    type: "tfjs_model",
    layer: "models",
    location: "data/06_models/tune_model",
    isVersioned: true,
  });
  expect(graph.parameters["params:seed"]?.isSettable).toBe(true);
  expect(graph.parameters["params:gate"]?.isSettable).toBe(false);
  expect([runs, previews]).toEqual([{}, {}]);
  expect((await readdir(dir)).sort()).toEqual(["site"]);
});

test("buildViz() includes the newest runs, for replay, and previews only when requested", async () => {
  const store = await openProjectStore(runtime, await loadProject(runtime, { dir }));
  await store.runs.create({ id: "r1", pipeline: "tuning", params: {}, trigger: "cli", command: "" });
  const tell = (type: string, node: string | null, data = {}) =>
    store.runs.appendEvent(storedEvent(type, node, data, { at: AT }));
  await tell("run_started", null, { nodes: ["fine_tune"] });
  await tell("node_done", "fine_tune", { duration_ms: 5 });
  await store.close();
  const evaluation = { n: 10, accuracy: 0.9, loss: 0.1, per_class: [], confusion: [] };
  await Bun.write(
    join(dir, "data/08_reporting/metrics.json/v1/metrics.json"),
    JSON.stringify({ mnist_test: evaluation }),
  );
  await build(true);
  const data = await dataOf();
  expect(data.runs.tuning).toMatchObject([{ id: "r1" }]);
  expect(data.shown.r1?.frames.map(({ type }) => type)).toEqual(["run", "done"]);
  expect(data.previews.metrics).toMatchObject({ kind: "table", total: 5 });
  await build(false);
  expect((await dataOf()).previews).toEqual({});
});

test("buildViz() refuses a folder whose page it did not write, and writes nothing there", async () => {
  await Bun.write(join(site(), "index.html"), "<p>mine</p>");
  await expect(build()).rejects.toThrow(/did not write. Choose another folder with --output$/);
  expect(await readdir(site())).toEqual(["index.html"]);
});
