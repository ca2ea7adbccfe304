import { expect, test } from "bun:test";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const STYLE = {
  body: new TextEncoder().encode("body{}"),
  contentType: "text/css; charset=utf-8",
  etag: '"abc"',
};
const ASSETS = new Map([
  ["style.css", STYLE],
  ["icon.svg", STYLE],
]);

/** The routes whose responses are the same for everyone, with nobody's drawing or name in them. */
const PUBLIC = ["/assets/:name", "/assets/:id/:name", "/favicon.ico"];

/** Every path of a route with ids that exist, and with some that do not. */
async function pathsOf({ app, store, send }: TestApp): Promise<{ route: string; path: string }[]> {
  const strokes = [[[55, 10], [50, 50], [45, 90]]]; // biome-ignore format: one stroke
  const body = { strokes, width: 100, height: 100, label: "1" };
  const { id } = (await (await send("POST", "/api/v1/samples", body)).json()) as { id: string };
  await store.runs.create({ id: "run", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki" });
  await store.runs.update("run", { status: "done" });
  const values = ["1", "run", id, "nothing"];
  const routes = new Set(app.routes.filter(({ method }) => method === "GET").map(({ path }) => path));
  return [...routes].flatMap((route) => {
    const paths = values.map((value) => route.replaceAll(/:\w+/g, value).replaceAll("*", value));
    return [...new Set(paths)].map((path) => ({ route, path }));
  });
}

/** The header of a response, whose stream, if it is one, is ended. */
async function keptBy({ app }: TestApp, method: string, path: string): Promise<string | null> {
  const response = await app.request(path, { method });
  await response.body?.cancel();
  return response.headers.get("cache-control");
}

test("no response is kept by browsers or proxies, on whatever route, but for assets", async () => {
  const test = await createTestApp({ assets: ASSETS });
  const paths = await pathsOf(test);
  expect(paths.length).toBeGreaterThan(200);
  for (const { route, path } of paths.filter((one) => !PUBLIC.includes(one.route))) {
    for (const method of ["GET", "HEAD", "POST", "PROPFIND"])
      expect([method, route, path, await keptBy(test, method, path)]).toEqual([
        ...[method, route, path, "no-store"],
      ]);
  }
  await test.store.close();
});

test("assets are kept: by their id for good, by their name to be revalidated", async () => {
  const test = await createTestApp({ assets: ASSETS });
  const html = await (await test.send("GET", "/")).text();
  const style = /"(\/assets\/[0-9a-f]{12}\/style\.css)"/.exec(html)![1]!;
  expect(await keptBy(test, "GET", style)).toBe("public, max-age=31536000, immutable");
  expect(await keptBy(test, "GET", "/favicon.ico")).toBe("no-cache");
  const again = await test.send("GET", "/assets/style.css", undefined, { "if-none-match": '"abc"' });
  expect([again.status, again.headers.get("cache-control")]).toEqual([304, "no-cache"]);
  expect(await keptBy(test, "GET", "/assets/nothing.css")).toBe("no-store");
  await test.store.close();
});

test("a refused request and a failure are not kept either", async () => {
  const test = await createTestApp({
    drawNotice: () => {
      throw "not even an error";
    },
  });
  const failed = await test.app.request("/");
  expect([failed.status, failed.headers.get("cache-control")]).toEqual([500, "no-store"]);
  const other = await test.app.request("/", { headers: { host: "evil.example" } });
  expect([other.status, other.headers.get("cache-control")]).toEqual([421, "no-store"]);
  const site = await test.app.request("/api/v1/samples", {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect([site.status, site.headers.get("cache-control")]).toEqual([403, "no-store"]);
  const long = await test.send("POST", "/api/v1/runs", `"${"x".repeat(70_000)}"`);
  expect([long.status, long.headers.get("cache-control")]).toEqual([413, "no-store"]);
  await test.store.close();
});
