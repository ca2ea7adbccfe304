import { expect, test } from "bun:test";
import { withReload } from "../../src/build/dev-reload.ts";
import type { Asset } from "../../src/lib/asset.ts";

const asset = (text: string): Asset => ({
  body: new TextEncoder().encode(text),
  contentType: "text/javascript",
  etag: '"old"',
});
const textOf = (assets: ReadonlyMap<string, Asset>, name: string) =>
  new TextDecoder().decode(assets.get(name)!.body);

/** Runs the page's script with a server that returns this answer; null if the server is down. */
async function runScript(assets: ReadonlyMap<string, Asset>, answer: string | null) {
  const asked: string[] = [];
  let reloads = 0;
  const next = Promise.withResolvers<"reloads" | "asks again">();
  const fetch = async (url: string) => {
    asked.push(url);
    if (answer === null) throw new TypeError("fetch failed");
    return new Response(answer);
  };
  const location = {
    reload() {
      reloads++;
      next.resolve("reloads");
    },
  };
  new Function("fetch", "location", "setTimeout", textOf(assets, "pages.js"))(fetch, location, () =>
    next.resolve("asks again"),
  );
  return { does: await next.promise, asked, reloads };
}

const assets = new Map([
  ["pages.js", asset("globalThis.pagesRan = true")],
  ["style.css", asset("body{}")],
]);

test("withReload() makes pages reload once another server responds, and not before", async () => {
  const first = withReload(assets, "first");
  expect(await runScript(first, "first")).toMatchObject({ does: "asks again", reloads: 0 });
  expect(await runScript(first, null)).toMatchObject({ does: "asks again", reloads: 0 });
  expect(await runScript(first, "second")).toEqual({
    does: "reloads",
    asked: ["/assets/dev-started.txt"],
    reloads: 1,
  });
});

test("withReload() adds the asset that the script requests, and leaves the others unchanged", () => {
  const first = withReload(assets, "first");
  expect(textOf(first, "dev-started.txt")).toBe("first");
  expect(textOf(first, "pages.js")).toStartWith("globalThis.pagesRan = true");
  expect(first.get("style.css")).toBe(assets.get("style.css")!);
  expect(first.get("pages.js")!.etag).not.toBe(withReload(assets, "second").get("pages.js")!.etag);
});
