import { describe, expect, test } from "bun:test";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const { app, deps } = await createTestApp();
const document = (await (await app.request("/api/v1/openapi.json")).json()) as {
  info: { description: string };
  paths: Record<string, Record<string, object>>;
};

/** Every route that takes a body, of programs and of forms, and whether a drawing may be in it. */
const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))]
  .map((route) => route.split(" ") as [method: string, path: string])
  .filter(([method]) => ["POST", "PUT", "PATCH", "DELETE"].includes(method))
  .map(([method, path]) => {
    const described = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
    const hasDrawing = JSON.stringify(described ?? {}).includes('"strokes":') || path.endsWith("/infer");
    const kind = {
      hasDrawing,
      hasModel: path.endsWith("/models/import"),
      hasSelection: /\/samples\/(?:bulk|export|actions\/:id\{.*\}\/undo)$/.test(path),
      hasFile: path.endsWith("/samples/imports"),
      takesJson: /^\/(?:api|v2)\//.test(path),
    };
    return { method, path: path.replaceAll(/:\w+(?:\{[^}]*\}(?:\})?)?/g, "1"), ...kind };
  });

type Route = (typeof routes)[number];

function request({ method, path, takesJson }: Route, body: BodyInit, headers: Record<string, string> = {}) {
  const type = takesJson ? "application/json" : "application/x-www-form-urlencoded";
  return app.request(path, { method, body, headers: { "content-type": type, ...headers } });
}

/** A body of exactly this many bytes: JSON may end in spaces. */
const bodyOf = (bytes: number) => JSON.stringify(STROKES).padEnd(bytes);

function inChunks(bytes: number): ReadableStream<Uint8Array> {
  const body = new TextEncoder().encode(bodyOf(bytes));
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes; at += 10_000) controller.enqueue(body.subarray(at, at + 10_000));
      controller.close();
    },
  });
}

describe("the limit of a body", () => {
  test("is 512 KiB on the routes that take a drawing or images, and 64 KiB on all others", () => {
    const taking = routes
      .filter(({ hasDrawing }) => hasDrawing)
      .map(({ method, path }) => `${method} ${path}`);
    expect(taking.toSorted()).toEqual([
      "POST /api/v1/explain",
      "POST /api/v1/predict",
      "POST /api/v1/queue/drawings",
      "POST /api/v1/samples",
      "POST /v2/models/1/infer",
      "POST /v2/models/1/versions/1/infer",
    ]);
    expect(routes.length).toBeGreaterThan(12);
    expect(routes.some(({ takesJson }) => !takesJson)).toBe(true);
    expect(deps.limits).toMatchObject({ drawingBytes: 524_288, bodyBytes: 65_536 });
    expect(document.info.description).toContain(
      "A body with a drawing may have 524288 bytes, one with a model 4194304, a file of drawings 1048576, any other 65536",
    );
  });

  for (const route of routes) {
    const isLong = route.hasDrawing || route.hasSelection;
    const limit = isLong ? 524_288 : route.hasModel ? 4_194_304 : route.hasFile ? 1_048_576 : 65_536;
    test(`on ${route.method} ${route.path} is ${limit} bytes: one more is 413 and names limit, found and remedy`, async () => {
      const declared = (bytes: number) => ({ "content-length": String(bytes) });
      expect((await request(route, bodyOf(limit), declared(limit))).status).not.toBe(413);
      const refused = await request(route, bodyOf(limit + 1), declared(limit + 1));
      expect(refused.status).toBe(413);
      const text = await refused.text();
      expect(text).toContain(`The body is too long: expected at most ${limit} bytes`);
      expect(text).toContain(`found ${limit + 1} bytes. Send `);
    });

    test(`on ${route.method} ${route.path} counts a body without a length while it arrives`, async () => {
      const chunked = { "transfer-encoding": "chunked" };
      expect((await request(route, inChunks(limit), chunked)).status).not.toBe(413);
      const refused = await request(route, inChunks(limit + 1), chunked);
      expect(refused.status).toBe(413);
      expect(await refused.text()).toContain(`expected at most ${limit} bytes`);
    });
  }
});
