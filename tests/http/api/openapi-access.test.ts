import { expect, test } from "bun:test";
import { ruleOf } from "../../../src/http/access/rules.ts";
import { createTestApp } from "../../support/test-app.ts";

type Operation = { security?: unknown[]; description?: string; responses: Record<string, unknown> };

const { send } = await createTestApp();
const document = await (await send("GET", "/api/v1/openapi.json")).json();
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test("the document says of each operation which role it needs, and what those get who may not", () => {
  expect(operations.length).toBeGreaterThan(90);
  for (const { path, method, operation } of operations) {
    const { needs } = ruleOf(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ":$1"))!;
    if (needs === "open") {
      expect(operation.security).toEqual([]);
      expect(operation.responses).not.toHaveProperty("401");
    } else {
      expect(operation.description).toEndWith(`Needs the role ${needs}.`);
      expect(operation.responses).toContainKeys(["401", "403"]);
    }
  }
});

test("the document has 429 for what adds drawings, and only for that", () => {
  const limited = operations.filter(({ operation }) => "429" in operation.responses);
  expect(limited.map(({ path, method }) => `${method} ${path}`).sort()).toEqual([
    "post /api/v1/queue/drawings",
    "post /api/v1/samples",
  ]);
});

test("the document has the token, and refers to nothing that is missing", () => {
  expect(document.components.securitySchemes.token).toMatchObject({ type: "http", scheme: "bearer" });
  expect(document.components.schemas).toHaveProperty("Problem");
});
