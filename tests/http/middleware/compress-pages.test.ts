import { expect, test } from "bun:test";
import { Hono } from "hono";
import { compressPages } from "../../../src/http/middleware/compress-pages.ts";

const LONG = `<p>${"手書きの数字 ".repeat(400)}</p>`;

function app(): Hono {
  return new Hono()
    .use(compressPages())
    .get("/page", (c) => c.html(LONG, 200, { "x-kept": "yes" }))
    .get("/short", (c) => c.html("<p>short</p>"))
    .get("/wrong", (c) => c.html(LONG, 422))
    .get("/data", (c) => c.json({ long: LONG }))
    .get("/stream", (c) => c.body("data: x\n\n", 200, { "content-type": "text/event-stream" }));
}

const get = (path: string, encoding = "gzip, deflate, br, zstd", method = "GET") =>
  app().request(path, { method, headers: { "accept-encoding": encoding } });

test("a page is compressed with what the browser takes, and is the same page", async () => {
  const zstd = await get("/page");
  expect(zstd.headers.get("content-encoding")).toBe("zstd");
  const bytes = await zstd.bytes();
  expect(bytes.length).toBeLessThan(LONG.length / 4);
  expect(new TextDecoder().decode(await Bun.zstdDecompress(bytes))).toBe(LONG);
  const gzip = await get("/page", "gzip");
  expect(gzip.headers.get("content-encoding")).toBe("gzip");
  expect(new TextDecoder().decode(Bun.gunzipSync(await gzip.bytes()))).toBe(LONG);
  const none = await get("/page", "identity");
  expect([none.headers.get("content-encoding"), await none.text()]).toEqual([null, LONG]);
  for (const response of [zstd, gzip, none]) {
    expect(response.headers.get("vary")).toContain("accept-encoding");
    expect(response.headers.get("x-kept")).toBe("yes");
    expect(response.headers.get("content-type")).toContain("text/html");
  }
});

test("status codes are kept; short pages, JSON, streams and HEAD are not compressed", async () => {
  const wrong = await get("/wrong");
  expect([wrong.status, wrong.headers.get("content-encoding")]).toEqual([422, "zstd"]);
  for (const path of ["/short", "/data", "/stream"])
    expect([path, (await get(path)).headers.get("content-encoding")]).toEqual([path, null]);
  expect(await (await get("/short")).text()).toBe("<p>short</p>");
  const head = await get("/page", "gzip", "HEAD");
  expect([head.status, await head.text()]).toEqual([200, ""]);
});
