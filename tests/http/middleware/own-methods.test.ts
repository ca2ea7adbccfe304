import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

const { app, send } = await createTestApp();

test.each([
  ["GET", "/api/v1/models/rollback", "POST"],
  ["PATCH", "/api/v1/models/rollback", "POST"],
  ["OPTIONS", "/api/v1/samples/export", "POST"],
  ["DELETE", "/api/v1/samples/grid", "GET, HEAD, POST"],
  ["GET", "/api/v1/samples/forget", "POST"],
  ["PATCH", "/api/v1/models/aliases", "GET, HEAD"],
  ["DELETE", "/api/v1/models/rollback", "POST"],
  ["POST", "/api/v1/models/2", "PATCH, DELETE, GET, HEAD"],
  ["PUT", "/livez", "GET, HEAD"],
  ["DELETE", "/", "GET, HEAD"],
])("%s %s is 405 and allows %s alone", async (method, path, allow) => {
  const response = await send(method, path);
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allow);
});

test("every route with a path of its own says which methods it has, and no others", async () => {
  const own = new Map<string, Set<string>>();
  for (const { method, path } of app.routes.filter(
    (route) => route.method !== "ALL" && !/[:*]/.test(route.path),
  ))
    own.set(path, (own.get(path) ?? new Set()).add(method));
  expect(own.size).toBeGreaterThan(60);
  for (const [path, methods] of own) {
    const expected = [...methods, ...(methods.has("GET") ? ["HEAD"] : [])].sort();
    const response = await send("PROPFIND", path);
    expect([path, response.status]).toEqual([path, 405]);
    expect([path, response.headers.get("allow")?.split(", ").sort()]).toEqual([path, expected]);
  }
});

test("a path without a route is 404, whatever the method", async () => {
  for (const method of ["GET", "POST", "PROPFIND"])
    expect((await send(method, "/nothing/here")).status).toBe(404);
});
