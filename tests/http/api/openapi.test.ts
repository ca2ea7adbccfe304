import { expect, test } from "bun:test";
import { createApi } from "../../../src/http/api/index.ts";
import { API_PATH } from "../../../src/http/middleware/errors.ts";
import { createTestApp } from "../../support/test-app.ts";

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { in: string; name: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const { send, deps } = await createTestApp();
const document = (await (await send("GET", "/api/v1/openapi.json")).json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

test("GET /openapi.json is OpenAPI 3.1 and names this version", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({ title: "tegaki", version: "0.1.0-test" });
});

test("GET /openapi.json describes every registered route of the API, and no other", () => {
  const registered = createApi(deps)
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}").replace(/(?<=.)\/$/, "")}`);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.toSorted()).toEqual([...new Set(registered)].sort());
});

test("GET /openapi.json gives each operation its own id, a summary and described answers", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operation } of operations) {
    expect(operation.summary).not.toBe("");
    expect(Object.keys(operation.responses)).not.toBeEmpty();
    for (const [status, { description }] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[1-5]\d\d$/);
      expect(description).not.toBe("");
    }
  }
});

test("GET /openapi.json declares each path parameter as required", () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
    expect(declared.map(({ name, required }) => [name, required])).toEqual(
      inPath.map((name) => [name, true]),
    );
  }
});

test("GET /openapi.json refers only to schemas that it has, and uses all of them", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  const names = new Set(references.map(([, name]) => name!));
  expect([...names].sort()).toEqual(Object.keys(document.components.schemas).sort());
});

test("GET /openapi.json describes the body that every POST /samples must have", () => {
  const schema = document.paths["/api/v1/samples"]!.post!.requestBody!.content["application/json"]!.schema;
  expect(schema).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: {
      label: { type: "string" },
      state: { const: "negative" },
      strokes: { type: "array" },
      pixels: { minItems: 784, maxItems: 784 },
      writer: { maxLength: 100 },
    },
  });
});

test("paths whose errors are problem+json are those of the API, and no others", () => {
  const prefixes = /\(\?:([\w|]+)\)/.exec(API_PATH.source)![1]!.split("|");
  const registered = new Set(createApi(deps).routes.map(({ path }) => path.split("/")[1]!));
  expect(new Set(prefixes)).toEqual(registered);
  expect([...registered].every((prefix) => API_PATH.test(`/${prefix}/x`))).toBe(true);
  expect(API_PATH.test("/runs/api")).toBe(false);
});
