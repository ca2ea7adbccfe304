import { expect, test } from "bun:test";
import { EXPORT_FORMATS } from "../../../src/domain/samples/sample-files.ts";
import { storedEvent } from "../../support/run-events.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const AT = "2026-01-02T03:04:05.000Z";

interface Schema {
  [key: string]: unknown;
  required?: string[];
  examples?: object[];
  properties?: Record<string, Schema>;
}
interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

const { app, send, store, scheduler } = await createTestApp();
const document = (await (await send("GET", "/api/v1/openapi.json")).json()) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const ofId = (id: string) => operations.find(({ operation }) => operation.operationId === id)!.operation;
const withJson = operations.flatMap(({ operation, ...rest }) => {
  const schema = operation.requestBody?.content["application/json"]?.schema;
  return schema === undefined ? [] : [{ ...rest, operation, schema }];
});

/** Every object in a value, whatever its place. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

test("the document has no pattern that other languages cannot read, and no list of schemas where one belongs", () => {
  let patterns = 0;
  for (const schema of objectsIn(document)) {
    expect(Array.isArray(schema.items)).toBe(false);
    if (typeof schema.pattern !== "string") continue;
    patterns++;
    expect(schema.pattern).not.toMatch(/\\[pP]\{/);
    expect(() => new RegExp(schema.pattern as string, "u")).not.toThrow();
  }
  expect(patterns).toBeGreaterThan(20);
});

test("the document lists the classes and pipelines of the project wherever a request names one", () => {
  const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const bodyOf = (id: string) => ofId(id).requestBody!.content["application/json"]!.schema;
  expect(bodyOf("createSample").properties!.label!.enum).toEqual(classes);
  expect(bodyOf("decideGrid").properties!.label!.enum).toEqual(classes);
  expect(ofId("getGrid").parameters!.find(({ name }) => name === "label")!.schema.enum).toEqual(classes);
  expect(bodyOf("startRun").properties!.pipeline!.enum).toEqual(["__default__", "tuning"]);
  expect(JSON.stringify(document)).not.toMatch(/"format":"(?:class|pipeline)"/);
});

test("every operation with a JSON body says that it may be malformed, too long, of another type and not valid", () => {
  expect(withJson.length).toBeGreaterThan(30);
  for (const { path, method, operation } of withJson) {
    const invalid = path.startsWith("/v2/") ? [] : ["422"];
    const missing = ["400", "413", "415", ...invalid].filter((status) => !(status in operation.responses));
    expect([method, path, missing]).toEqual([method, path, []]);
  }
});

test("a body is required where a request without one is not valid, and nowhere else", async () => {
  for (const { path, method, operation } of withJson) {
    scheduler.runningRunId = null;
    const { status } = await app.request(path.replaceAll(/\{\w+\}/g, "2"), { method });
    const isValid = ![400, 415, 422].includes(status);
    // Without a thing of that name, a response says nothing of the body.
    if (status !== 404)
      expect([method, path, operation.requestBody!.required]).toEqual([method, path, !isValid]);
  }
});

test("the examples of bodies in the document are accepted", async () => {
  const examples = withJson.flatMap(({ path, schema }) =>
    (schema.examples ?? []).map((body) => ({ path, body })),
  );
  expect(examples.map(({ path }) => path)).toEqual([
    "/api/v1/predict",
    "/api/v1/explain",
    "/api/v1/samples",
    "/api/v1/queue/drawings",
  ]);
  for (const [i, { path, body }] of examples.entries()) {
    // Another drawing each time: one that has a label is not queued again.
    const { ok, status } = await send("POST", path, { ...body, width: 100 + i });
    expect([path, status, ok]).toEqual([path, status, true]);
    const pixels = { pixels: [] };
    expect([path, (await send("POST", path, { ...body, ...pixels })).status]).toEqual([path, 422]);
  }
});

test("exports have the content types that the document names", async () => {
  await send("POST", "/api/v1/samples", { ...STROKES, label: "1" });
  const types = Object.keys(ofId("exportSamples").responses["200"]!.content!);
  for (const format of EXPORT_FORMATS) {
    const response = await send("POST", "/api/v1/samples/export", { filter: {}, format });
    await response.arrayBuffer();
    expect(types).toContain(response.headers.get("content-type")!.split(";")[0]!);
  }
});

test("an event of a run's stream has the fields that the document names, and its data those of an event", async () => {
  await store.runs.create({ id: "run", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki" });
  await store.runs.update("run", { status: "running" });
  const seen: string[] = [];
  const { schema } = ofId("followRun").responses["200"]!.content!["text/event-stream"]!;
  expect(schema.$ref).toBe("#/components/schemas/SentRunEvent");
  const sent = (document as unknown as { components: { schemas: Record<string, Schema> } }).components
    .schemas;
  await store.runs.appendEvent(storedEvent("run_started", null, {}, { runId: "run", at: AT }));
  await store.runs.appendEvent(storedEvent("run_done", null, {}, { runId: "run", at: AT }));
  const text = await (await send("GET", "/api/v1/runs/run/events")).text();
  for (const block of text.split("\n\n").filter((one) => one.includes("data:"))) {
    const fields = Object.fromEntries(
      block.split("\n").map((line) => [line.split(": ")[0]!, line.slice(line.indexOf(": ") + 2)]),
    );
    expect(Object.keys(fields).sort()).toEqual([...sent.SentRunEvent!.required!].sort());
    const data = sent.SentRunEvent!.properties!.data!.contentSchema as Schema;
    expect(Object.keys(JSON.parse(fields.data!)).sort()).toEqual([...data.required!].sort());
    seen.push(fields.event!);
  }
  expect(seen).not.toBeEmpty();
});
