import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { type Saying, saying } from "../../../src/lib/saying.ts";
import { builtInRuns } from "../../support/built-in-runs.ts";
import { storedEvent } from "../../support/run-events.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const HTMX = { "hx-request": "true" };
/** With the built-in pipelines, and what they read. */
const withPipelines = async () => createTestApp(await builtInRuns());

async function addRun({ store }: TestApp, id: string, change: Parameters<typeof store.runs.update>[1] = {}) {
  await store.runs.create({
    id,
    pipeline: "tuning",
    params: { epochs: 3 },
    trigger: "new_samples",
    command: `tegaki run --pipeline tuning --params epochs=3`,
  });
  return store.runs.update(id, { status: "running", startedAt: "2026-01-02T03:04:00.000Z", ...change });
}

function post(test: TestApp, path: string, fields: Record<string, string> = {}, headers = {}) {
  return test.app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

test("GET /runs lists runs with status, trigger and duration, and leads to each", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1", { status: "done", finishedAt: "2026-01-02T03:04:42.000Z", modelVersion: 2 });
  const html = await (await app.app.request("/runs")).text();
  for (const text of ['href="/runs/run-1"', "Done", "New labels", "42 s", 'href="/models/2"']) {
    expect(html).toContain(text);
  }
});

test("GET /runs pages through older runs, and only the newest page is live", async () => {
  const app = await createTestApp();
  for (let i = 10; i < 40; i++) await addRun(app, `run-${i}`);
  const first = await (await app.app.request("/runs")).text();
  expect(first).toContain("/events?view=runs");
  const older = /href="(\/runs\?cursor=[^"]+)"/.exec(first)![1]!;
  const second = await (await app.app.request(older)).text();
  expect(second.match(/<tr id="run-run-/g)).toHaveLength(5);
  expect(second).not.toContain("/events?view=runs");
});

test("POST /runs starts the pipeline with its parameters and leads to the run", async () => {
  const app = await withPipelines();
  const response = await post(app, "/runs", {
    pipeline: "tuning",
    "param.tuning_epochs": " 2 ",
    "param.tuning_layer": "[dense,3]",
    "param.seed": "",
  });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/runs/run-1");
  expect(app.scheduler.triggered).toEqual([
    {
      pipeline: "tuning",
      params: { tuning_epochs: 2, tuning_layer: ["dense", 3] },
      trigger: "page",
      startedBy: LOCAL,
    },
  ]);
});

test("GET /runs has a field for each parameter that the pipeline reads, with its help, bounds and configured value", async () => {
  const app = await withPipelines();
  const html = await (await app.app.request("/runs")).text();
  expect(html).toContain('name="param.tuning_epochs"');
  expect(html).toContain("Passes over the labelled drawings");
  expect(html).toContain("Whole number from 1 to 10,000. Configured: 10");
  expect(html).toContain('<option value="pre_model">');
  expect(html).not.toContain('name="param.epochs"');
  const japanese = await (await app.app.request("/runs", { headers: { "accept-language": "ja" } })).text();
  expect(japanese).toContain("ラベル付きの手書きを繰り返す回数");
  expect(japanese).toContain("1 から 10,000 までの整数。設定値：10");
});

test("GET /runs/form has the fields of another pipeline, or why it cannot be started alone", async () => {
  const app = await withPipelines();
  const form = async (pipeline: string) => (await app.app.request(`/runs/form?pipeline=${pipeline}`)).text();
  const first = await form("first");
  expect(first).toContain('name="param.first.epochs"');
  expect(first).not.toContain('name="param.tuning_epochs"');
  const evaluate = await form("evaluate");
  expect(evaluate).toContain("Cannot start pipeline evaluate alone");
  expect(evaluate).toContain("disabled");
  expect(evaluate).not.toContain('name="param.');
});

test.each([
  ["tuning_epochs", "0", "must be at least 1, found 0"],
  ["tuning_epochs", "abc", "must be a whole number, found &quot;abc&quot;"],
  ["tuning_epochs", "3", "Whole number from 1 to 10,000. Configured: 10"],
  ["tuning_epochs", "", "Whole number from 1 to 10,000. Configured: 10"],
])("GET /runs/check says of %s=%s while it is typed: %s", async (name, value, said) => {
  const app = await withPipelines();
  const response = await app.app.request(`/runs/check?pipeline=tuning&param.${name}=${value}`);
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(said)]);
});

test.each([
  ["epochs", "1", "Did you mean &quot;tuning_epochs&quot;?"],
  ["epoch", "3", "Did you mean &quot;tuning_epochs&quot;?"],
])(
  "POST /runs refuses %s, which tuning does not read, with the nearest name, and stores nothing",
  async (name, value, hint) => {
    const app = await withPipelines();
    const response = await post(app, "/runs", { pipeline: "tuning", [`param.${name}`]: value }, HTMX);
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(
      `${name}: expected a parameter that pipeline tuning reads, found ${name}=${value}`,
    );
    expect(html).toContain(hint);
    expect(app.scheduler.triggered).toEqual([]);
    expect((await app.store.runs.list({})).runs).toEqual([]);
  },
);

test("POST /runs refuses a pipeline that cannot be started alone, and stores nothing", async () => {
  const app = await withPipelines();
  const response = await post(app, "/runs", { pipeline: "evaluate" }, { ...HTMX, "accept-language": "ja" });
  expect([response.status, await response.text()]).toEqual([
    422,
    expect.stringContaining("パイプライン evaluate だけでは開始できません"),
  ]);
  expect((await app.store.runs.list({})).runs).toEqual([]);
});

test("POST /runs redirects htmx by HX-Redirect", async () => {
  const response = await post(await createTestApp(), "/runs", { pipeline: "tuning" }, HTMX);
  expect([response.status, response.headers.get("hx-redirect")]).toEqual([204, "/runs/run-1"]);
});

test("POST /runs redraws the form with 422, the error and what was typed", async () => {
  const app = await withPipelines();
  const response = await post(app, "/runs", { pipeline: "tuning", "param.tuning_layer": "[1" }, HTMX);
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toStartWith('<form id="run-form"');
  expect(html).toContain('value="[1"');
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain('class="param-all opens" open=""');
  expect(app.scheduler.triggered).toEqual([]);
});

test.each([
  ["tuning_epohcs", "3", "Did you mean &quot;tuning_epochs&quot;?", "「tuning_epochs」ではありませんか？"],
  [
    "tuning_epochs",
    "abc",
    "must be a whole number, found &quot;abc&quot;",
    "整数を指定してください（入力値：&quot;abc&quot;）。",
  ],
  ["tuning_epochs", "0", "must be at least 1, found 0", "1 以上の値を指定してください（入力値：0）。"],
])(
  "POST /runs refuses %s=%s in the reader's language, and starts nothing",
  async (name, value, english, japanese) => {
    const app = await withPipelines();
    for (const [language, expected] of [
      ["en", english],
      ["ja", japanese],
    ] as const) {
      const headers = { ...HTMX, "accept-language": language };
      const response = await post(app, "/runs", { pipeline: "tuning", [`param.${name}`]: value }, headers);
      expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(expected)]);
    }
    expect(app.scheduler.triggered).toEqual([]);
  },
);

test("POST /runs without script redraws the whole page with 422 for an unknown pipeline", async () => {
  const response = await post(await createTestApp(), "/runs", { pipeline: "nope", "param.a": "1" });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toStartWith("<!doctype html>");
  expect(html).toContain("Choose a pipeline from the list.");
});

test("POST /runs reports with 409 that a run is still running", async () => {
  const app = await createTestApp();
  app.scheduler.runningRunId = "run-9";
  const response = await post(app, "/runs", { pipeline: "tuning" }, HTMX);
  expect(response.status).toBe(409);
  expect(await response.text()).toContain("Run run-9 is still running");
});

test("GET /runs/{id} shows nodes, curves, log, gate, parameters and the command that repeats it", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1");
  const tell = (type: string, node: string | null, data: Record<string, unknown>) =>
    app.store.runs.appendEvent(storedEvent(type, node, data, { runId: "run-1" }));
  await tell("run_started", null, { nodes: ["split_data", "fine_tune"] });
  await tell("node_done", "split_data", { duration_ms: 420 });
  await tell("node_started", "fine_tune", {});
  const progress = {
    epoch: 1,
    epochs: 3,
    step: 5,
    steps: 10,
    loss: 0.25,
    val_accuracy: 0.98,
    samples_per_s: 500,
  };
  await tell("progress", "fine_tune", progress);
  await tell("log", "fine_tune", { message: "1,640 images" });
  await tell("gate", null, { passed: false, checks: [{ name: "a", passed: false, detail: "8 got worse" }] });
  const html = await (await app.app.request("/runs/run-1")).text();
  for (const text of [
    "split_data",
    "0.4 s",
    "Epoch 1 of 3",
    "Loss 0.2500",
    "500 samples/s",
    "Training loss over 1 points, latest 0.2500",
    "1,640 images",
    "8 got worse",
    "tegaki run --pipeline tuning --params epochs=3",
    'action="/runs/run-1/cancel"',
    'hx-sse:connect="/events?view=run&amp;id=run-1"',
  ]) {
    expect(html).toContain(text);
  }
});

test("GET /runs/{id} of a run that is over opens no stream and offers no cancelling", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1", {
    status: "failed",
    finishedAt: "2026-01-02T03:05:00.000Z",
    error: "out of memory",
  });
  const html = await (await app.app.request("/runs/run-1")).text();
  expect(html).toContain("out of memory");
  expect(html).not.toContain("hx-sse:connect");
  expect(html).not.toContain("/cancel");
});

test("GET /runs/{id} answers 404 for an unknown run", async () => {
  const { app } = await createTestApp();
  expect((await app.request("/runs/none")).status).toBe(404);
});

test("POST /runs/{id}/cancel cancels, and leads back to the run with the reason when there is nothing to cancel", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1");
  app.scheduler.runningRunId = "run-1";
  const done = await post(app, "/runs/run-1/cancel");
  expect([done.status, done.headers.get("location"), app.scheduler.runningRunId]).toEqual([
    303,
    "/runs/run-1",
    null,
  ]);
  const again = await post(app, "/runs/run-1/cancel");
  const back = again.headers.get("location")!;
  expect([again.status, back]).toEqual([303, "/runs/run-1?refused=cancel"]);
  const page = await (await app.app.request(back)).text();
  expect(page).toContain("Run run-1 cannot be cancelled: it is not running");
});

test("what one can do with a run arrives live with its end: cancelling goes, starting it once more comes", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1");
  const live = async () => {
    const reader = (await app.app.request("/events?view=run&id=run-1")).body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return new TextDecoder().decode(value);
  };
  const during = await live();
  expect(during).toContain('action="/runs/run-1/cancel"');
  expect(during).not.toContain('id="run-again"');
  const end = { status: "failed", finishedAt: "2026-01-02T03:05:00.000Z", error: "out of memory" } as const;
  await app.store.runs.update("run-1", end);
  const after = await live();
  expect(after).not.toContain('action="/runs/run-1/cancel"');
  expect(after).toContain('action="/runs/run-1/retry"');
});

const JAPANESE = { "accept-language": "ja" };
const NO_DRAWINGS =
  "ノード「fine_tune」が失敗しました：学習に使えるラベル付きの手書きがありません（ホールドアウトは除きます）。先に手書きにラベルを付けてください。";

/** A failed run whose event has the given saying. */
async function addFailedRun(app: TestApp, says?: Saying) {
  const error = 'Node "fine_tune" failed: There are no labelled drawings to train on';
  await addRun(app, "run-1");
  const event = storedEvent("run_failed", null, { error, says }, { runId: "run-1" });
  await app.store.runs.appendEvent(event);
  await app.store.runs.update("run-1", { status: "failed", finishedAt: "2026-01-02T03:05:00.000Z", error });
  return error;
}
const page = async ({ app }: TestApp, path: string, headers = {}) =>
  (await app.request(path, { headers })).text();

const DETAILS = {
  ...{ env: null, slice: {}, parameters: {}, runner: "SequentialRunner", dataVersion: "v" },
  ...{ resumedFrom: null, causes: [] },
};
const NODE = {
  ...{ node: "fine_tune", position: 1, status: "failed" as const, startedAt: null, finishedAt: null },
  ...{ durationMs: null, reason: null, inputs: [], outputs: [] },
};

test("GET / says nothing of a run that was refused before its first node, of a part, or of another pipeline", async () => {
  const part = { ...DETAILS, slice: { nodes: ["split_mnist"] } };
  for (const [details, nodes, pipeline] of [
    [null, [], "tuning"],
    [DETAILS, [], "tuning"],
    [part, [NODE], "tuning"],
    [DETAILS, [NODE], "__default__"],
  ] as const) {
    const app = await createTestApp();
    await app.store.runs.create({ id: "r", pipeline, params: {}, trigger: "page", command: "tegaki run" });
    const end = { finishedAt: "2026-01-02T03:04:42.000Z", error: "It was refused" };
    await app.store.runs.update("r", { status: "failed", ...end });
    if (details !== null) await app.store.runs.putDetails("r", details);
    for (const node of nodes) await app.store.runs.putNode("r", node);
    expect(await page(app, "/")).not.toContain("It was refused");
  }
});

test("pages show the failure of a run in Japanese, and the stored message in English", async () => {
  const app = await createTestApp();
  const error = await addFailedRun(app, saying("node", { node: "fine_tune", reason: saying("noDrawings") }));
  await app.store.runs.putDetails("run-1", DETAILS);
  await app.store.runs.putNode("run-1", NODE);
  for (const path of ["/runs/run-1", "/runs", "/"]) {
    expect(await page(app, path, JAPANESE)).toContain(NO_DRAWINGS);
    expect(await page(app, path)).toContain(error.replaceAll('"', "&quot;"));
  }
});

test("pages show the stored message of a failure without a saying, or with one of another release", async () => {
  for (const says of [undefined, saying("of_a_newer_release"), saying("node", { reason: saying("new") })]) {
    const app = await createTestApp();
    const error = await addFailedRun(app, says);
    expect(await page(app, "/runs/run-1", JAPANESE)).toContain(error.replaceAll('"', "&quot;"));
  }
});

test("GET /runs/{id} ignores the saying of an event when the run was given another error later", async () => {
  const app = await createTestApp();
  await addFailedRun(app, saying("noDrawings"));
  await app.store.runs.update("run-1", { error: "Killed" });
  expect(await page(app, "/runs/run-1", JAPANESE)).toContain("<p>Killed</p>");
});

test("GET /runs/{id} shows the log in Japanese, and lines without a saying as they were logged", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1");
  const log = (data: Record<string, unknown>) =>
    app.store.runs.appendEvent(storedEvent("log", "evaluate", data, { runId: "run-1" }));
  const message = "Evaluating on 100 MNIST test images";
  await log({ message, says: saying("evaluatingTest", { n: 100 }) });
  await log({ message: "adding up" });
  const html = await page(app, "/runs/run-1", JAPANESE);
  expect(html).toContain("MNIST テスト画像 100 枚で評価しています");
  expect(html).toContain("adding up");
  expect(await page(app, "/runs/run-1")).toContain(message);
});

test("POST /runs and POST /runs/{id}/cancel explain a conflict in Japanese", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1");
  const cancelled = await page(app, "/runs/run-1?refused=cancel", JAPANESE);
  expect(cancelled).toContain("実行 run-1 は実行中ではないため、中止できません。");
  app.scheduler.runningRunId = "run-9";
  const started = await post(app, "/runs", { pipeline: "tuning", params: "" }, JAPANESE);
  expect(started.status).toBe(409);
  expect(await started.text()).toContain(
    "実行 run-9 がまだ終わっていません。終了を待つか、中止してください。",
  );
});

test.each([
  ["en", "Where load_rows failed", "Caused by Error: the root"],
  ["ja", "load_rows のエラー発生箇所", "原因：Error: the root"],
])("GET /runs/{id} shows where a node failed, and its causes, in %s", async (language, heading, cause) => {
  const app = await createTestApp();
  const error = 'Node "load_rows" failed: no row 3';
  await addRun(app, "run-1", { status: "failed", error });
  const file = "src/pipelines/ink/<nodes>.ts";
  await app.store.runs.appendEvent({
    ...{ type: "node_failed", runId: "run-1", at: "2026-01-02T03:04:05.000Z" },
    ...{ node: "load_rows", error: "no row 3", isCancelled: false },
    thrown: [
      {
        ...{ name: "TypeError", message: "no row 3" },
        frames: [
          { call: "helper", file, line: 9, column: 38 },
          { call: "", file, line: 12, column: null },
        ],
      },
      { name: "Error", message: "the root", frames: [] },
    ],
  });
  const headers = { cookie: `language=${language}`, "accept-language": language };
  const html = await (await app.app.request("/runs/run-1", { headers })).text();
  expect(html).toContain(`<h3 class="small">${heading}</h3>`);
  const place = file.replace("<", "&lt;").replace(">", "&gt;");
  expect(html).toContain(
    `TypeError: no row 3\n  at helper (${place}:9:38)\n  at ${place}:12\n${cause}</code></pre>`,
  );
});

const sectionsOf = (html: string) =>
  [...html.matchAll(/<h2 id="(run-[a-z]+)">([^<]+)/g)].map(([, , words]) => words!);

test("GET /runs/{id} says why a run was cancelled and by whom, and not that it failed", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1", { status: "cancelled", error: "Cancelled", cancelledBy: LOCAL });
  await addRun(app, "run-2", { status: "failed", error: "Killed" });
  const html = await page(app, "/runs/run-1");
  expect(html).toMatch(/Why it was cancelled<\/h2><p>Cancelled<\/p><p>Cancelled by: This machine<\/p>/);
  expect(html).not.toContain("Why it failed");
  expect(html).not.toContain('class="alert"');
  const japanese = await page(app, "/runs/run-1", JAPANESE);
  expect(japanese).toContain("中止の理由");
  const failed = await page(app, "/runs/run-2");
  expect(sectionsOf(failed)).toContain("Why it failed");
  expect(failed).not.toContain("Cancelled by");
});

test("GET /runs/{id} of a run that does not train has no section of training curves", async () => {
  const app = await createTestApp();
  await addRun(app, "run-1", { status: "done" });
  const tell = (nodes: string[]) =>
    app.store.runs.appendEvent(storedEvent("run_started", null, { nodes }, { runId: "run-1" }));
  await tell(["load_mnist", "split_data"]);
  expect(sectionsOf(await page(app, "/runs/run-1"))).not.toContain("Training curves");
});

test.each([
  ["running", "waiting", "The training curves appear here once training reports progress."],
  ["failed", "waiting", "The run ended before training began, so there are no curves."],
  ["done", "node_done", "This run recorded no training curves."],
  [
    "done",
    "node_skipped",
    "The training was not repeated, because its inputs are unchanged, so there are no curves.",
  ],
] as const)(
  "GET /runs/{id} of a %s run whose training is %s says once that %s",
  async (status, type, words) => {
    const app = await createTestApp();
    await addRun(app, "run-1", { status });
    const tell = (kind: string, node: string | null, data: Record<string, unknown>) =>
      app.store.runs.appendEvent(storedEvent(kind, node, data, { runId: "run-1" }));
    await tell("run_started", null, { nodes: ["fine_tune"] });
    if (type !== "waiting")
      await tell(type, "fine_tune", { duration_ms: 1, cause: "unchanged", reason: "unchanged" });
    const html = await page(app, "/runs/run-1");
    expect(html.split(words)).toHaveLength(2);
    // No promise of charts on a run that is over, and no empty ones.
    expect(html.includes("once training reports")).toBe(status === "running");
    expect(html).not.toContain("chart-empty");
  },
);
