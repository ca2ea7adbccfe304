import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

const STYLE = {
  body: new TextEncoder().encode("body{}"),
  contentType: "text/css; charset=utf-8",
  etag: '"abc"',
};

test("GET /assets/{name} returns the asset with its type and etag, to be revalidated each time", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", STYLE]]) });
  const response = await send("GET", "/assets/style.css");
  expect(response.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(response.headers.get("etag")).toBe('"abc"');
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(await response.text()).toBe("body{}");
});

test("GET /assets/{name} is 304 without a body when the browser has this version", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", STYLE]]) });
  const response = await send("GET", "/assets/style.css", undefined, { "if-none-match": '"abc"' });
  expect([response.status, await response.text()]).toEqual([304, ""]);
  const other = await send("GET", "/assets/style.css", undefined, { "if-none-match": '"old"' });
  expect(other.status).toBe(200);
});

const ENCODED = {
  ...STYLE,
  encoded: { br: new TextEncoder().encode("brotli"), gzip: new TextEncoder().encode("gz") },
};

test("pages refer to assets by an id of their contents, under which browsers keep them for good", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", STYLE]]) });
  const html = await (await send("GET", "/")).text();
  const urls = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, url]) => url!);
  expect(urls.length).toBeGreaterThan(3);
  for (const url of urls) expect(url).toMatch(/^\/assets\/[0-9a-f]{12}\/[\w.]+$/);
  const style = urls.find((url) => url.endsWith("/style.css"))!;
  const response = await send("GET", style);
  expect([response.status, await response.text()]).toEqual([200, "body{}"]);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const changed = await createTestApp({ assets: new Map([["style.css", { ...STYLE, etag: '"new"' }]]) });
  expect(await (await changed.send("GET", "/")).text()).not.toContain(style);
  // A page of the release before is still open.
  const old = await changed.send("GET", style);
  expect([old.status, old.headers.get("cache-control")]).toEqual([200, "no-cache"]);
});

test("GET /assets/{name} sends the smallest encoding that the browser takes, each with its own etag", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", ENCODED]]) });
  const cases: [accepted: string | undefined, encoding: string | null, body: string, etag: string][] = [
    ["gzip, deflate, br, zstd", "br", "brotli", '"abc-br"'],
    ["gzip, deflate", "gzip", "gz", '"abc-gzip"'],
    ["br;q=0, gzip;q=0.5", "gzip", "gz", '"abc-gzip"'],
    ["*", "br", "brotli", '"abc-br"'],
    ["identity", null, "body{}", '"abc"'],
    ["nonsense;;q=,", null, "body{}", '"abc"'],
    [undefined, null, "body{}", '"abc"'],
  ];
  for (const [accepted, encoding, body, etag] of cases) {
    const headers: Record<string, string> = accepted === undefined ? {} : { "accept-encoding": accepted };
    const response = await send("GET", "/assets/style.css", undefined, headers);
    const found = [
      response.headers.get("content-encoding"),
      await response.text(),
      response.headers.get("etag"),
    ];
    expect([accepted, ...found]).toEqual([accepted, encoding, body, etag]);
    expect(response.headers.get("vary")).toContain("accept-encoding");
    const again = await send("GET", "/assets/style.css", undefined, { ...headers, "if-none-match": etag });
    expect(again.status).toBe(304);
  }
});

test("GET /favicon.ico is the icon, for browsers that ask for it by that name", async () => {
  const icon = { body: new TextEncoder().encode("<svg/>"), contentType: "image/svg+xml", etag: '"i"' };
  const { send } = await createTestApp({ assets: new Map([["icon.svg", icon]]) });
  const response = await send("GET", "/favicon.ico");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
});

test("GET /assets/{name} is 404 for a name that is not an asset", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", STYLE]]) });
  for (const name of ["nothing.css", "__proto__", "", "..%2fstyle.css"]) {
    expect((await send("GET", `/assets/${name}`)).status).toBe(404);
  }
});
