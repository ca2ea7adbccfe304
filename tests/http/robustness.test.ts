import { afterAll, expect, test } from "bun:test";
import fc from "fast-check";
import { createTestApp, STROKES } from "../support/test-app.ts";

/** Nothing outside may cause a 5xx, a change that it was not entitled to, or a hang: that fails by the test's time. */
const SETTINGS = { seed: 20261123, endOnFailure: true } as const;

const { app, send, store, scheduler, errors } = await createTestApp();
afterAll(() => store.close());

const { id: sampleId } = (await (
  await send("POST", "/api/v1/samples", { ...STROKES, label: "1" })
).json()) as { id: string };
await store.runs.create({ id: "run", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki run" });
await store.runs.update("run", { status: "done" });

async function answer(path: string, init: RequestInit): Promise<Response> {
  // A fake scheduler runs one thing at a time and never ends it by itself.
  scheduler.runningRunId = null;
  const response = await app.request(path, init);
  await response.arrayBuffer();
  return response;
}

async function expectNo5xx(path: string, init: RequestInit): Promise<Response> {
  const response = await answer(path, init);
  if (response.status >= 500) {
    throw new Error(`${init.method} ${path} gave ${response.status}: ${String(errors.at(-1))}`);
  }
  expect(response.headers.get("content-security-policy")).toStartWith("default-src 'none'");
  return response;
}

const HOSTILE = [
  "../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "'; DROP TABLE samples; --",
  "<script>alert(1)</script>",
  "\u0000",
  "\ud800",
  "%",
  "%ff",
  "__proto__",
  "constructor",
  "{{7*7}}",
  "a\r\nset-cookie: x=1",
  "🖋".repeat(50),
  "x".repeat(5_000),
];
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 50 }), fc.constantFrom(...HOSTILE));
const segment = fc.oneof(
  text.map((value) => encodeURIComponent(value.toWellFormed())),
  fc.constantFrom("1", "0", "-1", "run", sampleId, "%", "%zz"),
);

const path = fc
  .tuple(
    fc.constantFrom(
      "/",
      "/livez",
      "/readyz",
      "/api/v1/predict",
      "/api/v1/samples",
      "/api/v1/samples/:",
      "/api/v1/runs",
      "/api/v1/runs/:",
      "/api/v1/runs/:/events",
      "/api/v1/runs/:/cancel",
      "/api/v1/models",
      "/api/v1/models/:",
      "/api/v1/models/:/promote",
      "/api/v1/models/rollback",
      "/api/v1/scheduler",
      "/api/v1/scheduler/trigger",
      "/api/v1/openapi.json",
      "/assets/:",
      "/runs",
      "/runs/:",
      "/models",
      "/models/:",
      "/language",
      "/:",
    ),
    segment,
    fc.option(fc.webQueryParameters({ size: "small" }), { nil: "" }),
    fc.constantFrom("", "limit=5&", "limit=NaN&", "cursor=x&", "label=1&label=2&", "state=labelled&"),
  )
  .map(([route, value, query, known]) => `${route.replace(":", () => value)}?${known}${query}`);

const method = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("GET", "POST", "PATCH", "DELETE") },
  { weight: 1, arbitrary: fc.constantFrom("HEAD", "PUT", "OPTIONS", "QUERY", "PROPFIND") },
);

/** Mostly what gets past the door: what lies behind it is to be shaken as well. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const contentType = mostly(
  "application/json",
  "application/json; charset=utf-16",
  "application/merge-patch+json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "",
);

/** Numbers as they may stand in JSON text, and some that may not. */
const numberText = fc.oneof(
  fc.double().map(String),
  fc.constantFrom(
    "1e308",
    "-1e308",
    "1e999",
    "5e-324",
    "-0",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "9007199254740993",
  ),
);
const pointsText = fc
  .array(fc.array(numberText, { maxLength: 6 }), { maxLength: 8 })
  .map((points) => `[${points.map((point) => `[${point.join()}]`).join()}]`);
const inkText = fc
  .tuple(fc.array(pointsText, { maxLength: 4 }), numberText, numberText)
  .map(([strokes, width, height]) => `"strokes":[${strokes.join()}],"width":${width},"height":${height}`);
const bodyText = fc.oneof(
  fc.json(),
  fc.string({ unit: "binary", maxLength: 200 }),
  inkText.map((ink) => `{${ink}}`),
  fc
    .tuple(inkText, text, text)
    .map(
      ([ink, label, writer]) =>
        `{${ink},"label":${JSON.stringify(label)},"writer":${JSON.stringify(writer)}}`,
    ),
  fc
    .dictionary(
      fc.constantFrom(
        "strokes",
        "width",
        "pixels",
        "label",
        "writer",
        "pipeline",
        "params",
        "force",
        "state",
        "reason",
      ),
      fc.jsonValue(),
    )
    .map((value) => JSON.stringify(value)),
  fc.nat({ max: 30_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  fc.nat({ max: 10_000 }).map((depth) => '{"params":'.repeat(depth)),
  fc.nat({ max: 70_000 }).map((length) => `{"pixels":[${"0,".repeat(length / 2)}0]}`),
  fc
    .nat({ max: 2_000 })
    .map((points) => `{"strokes":[${Array(points).fill("[[1,2],[3,4]]").join()}],"width":9,"height":9}`),
);

const headers = fc.record(
  {
    "content-type": contentType,
    "idempotency-key": fc.constantFrom("", "k", "a b", "k".repeat(201)),
    "last-event-id": fc.constantFrom("1", "-1", "9".repeat(30), "x"),
    "x-request-id": fc.constantFrom("ok", "<script>", "x".repeat(1_000)),
    "content-length": mostly("5", "0", "65536", "99999999999", "-1", "x"),
    accept: fc.constantFrom("text/html", "*/*", "application/json"),
  },
  { requiredKeys: ["content-type"] },
);

test("the application answers any method, path, header and body below 500, and always ends its answer", async () => {
  await fc.assert(
    fc.asyncProperty(path, method, headers, bodyText, async (at, verb, sent, body) => {
      const hasBody = verb !== "GET" && verb !== "HEAD";
      await expectNo5xx(at, { method: verb, headers: sent, ...(hasBody ? { body } : {}) });
    }),
    { ...SETTINGS, numRuns: 1_000 },
  );
  expect(errors).toEqual([]);
}, 60_000);

test("POST /samples stores exactly what it answers 201 to, whatever is sent", async () => {
  let stored = (await store.samples.stats()).total;
  await fc.assert(
    fc.asyncProperty(bodyText, async (body) => {
      const response = await expectNo5xx("/api/v1/samples", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      if (response.status === 201) stored += 1;
      expect((await store.samples.stats()).total).toBe(stored);
    }),
    { ...SETTINGS, numRuns: 300 },
  );
}, 60_000);

test("a writer's name comes back as it was sent, or is refused with 422", async () => {
  let width = STROKES.width;
  await fc.assert(
    fc.asyncProperty(text, async (writer) => {
      // Another drawing each time: an identical one is kept once, with its first writer.
      width += 1;
      const response = await send("POST", "/api/v1/samples", { ...STROKES, width, label: "1", writer });
      const isPrintable =
        writer.isWellFormed() && writer !== "" && writer.length <= 100 && !/\p{Cc}/u.test(writer);
      expect(response.status).toBe(isPrintable ? 201 : 422);
      if (!isPrintable) return;
      const { id } = (await response.json()) as { id: string };
      expect((await store.samples.get(id))?.writer).toBe(writer);
    }),
    { ...SETTINGS, numRuns: 200 },
  );
}, 60_000);

test("no path gives a file: a traversal is 404", async () => {
  const climbs = ["../", "..%2f", "%2e%2e/", "..\\", "....//", "%252e%252e%252f", "..%c0%af"];
  for (const climb of climbs) {
    for (const root of ["/assets/", "/api/v1/samples/", "/api/v1/runs/", "/api/v1/models/", "/"]) {
      const { status } = await expectNo5xx(`${root}${climb.repeat(6)}etc/passwd`, { method: "GET" });
      expect(status).toBe(404);
    }
  }
});
