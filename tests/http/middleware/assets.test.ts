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

test("GET /assets/{name} is 404 for a name that is not an asset", async () => {
  const { send } = await createTestApp({ assets: new Map([["style.css", STYLE]]) });
  for (const name of ["nothing.css", "__proto__", "", "..%2fstyle.css"]) {
    expect((await send("GET", `/assets/${name}`)).status).toBe(404);
  }
});
