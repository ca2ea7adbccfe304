import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPageAssets, contentTypeOf } from "../../src/build/page-assets.ts";

let directory = "";
const read = (name: string) => Bun.file(join(directory, "page", name)).text();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tegaki-assets-"));
  await buildPageAssets(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("buildPageAssets() writes files under stable names", async () => {
  expect((await readdir(join(directory, "page"))).sort()).toEqual([
    "draw.js",
    "graph-site.js",
    "graph.js",
    "htmx.js",
    "icon.svg",
    "label.js",
    "pages.js",
    "sample.js",
    "samples.js",
    "style.css",
  ]);
});

test("buildPageAssets() writes scripts that evaluate nothing and refer to no source map", async () => {
  for (const name of ["draw.js", "graph.js", "graph-site.js", "label.js", "pages.js"])
    expect(await read(name)).not.toMatch(/\beval\(|new Function\(/);
  for (const name of [
    "draw.js",
    "graph.js",
    "graph-site.js",
    "label.js",
    "pages.js",
    "samples.js",
    "htmx.js",
  ]) {
    expect(await read(name)).not.toContain("sourceMappingURL");
  }
});

test("buildPageAssets() puts htmx and its SSE extension into one file, so that neither starts without the other", async () => {
  const script = await read("htmx.js");
  expect(script).toContain('registerExtension("sse"');
  expect(script.indexOf('registerExtension("sse"')).toBeGreaterThan(script.indexOf("DOMContentLoaded"));
});

test("buildPageAssets() writes the page's own script with less than 28 KB", async () => {
  expect((await read("draw.js")).length).toBeLessThan(28_000);
});

test("buildPageAssets() joins the stylesheet: both schemes, no imports, nothing from other sites", async () => {
  const css = await read("style.css");
  expect(css).toContain("light-dark(");
  expect(css).not.toContain("@import");
  expect(css).not.toContain("url(");
});

test("contentTypeOf() goes by the extension", () => {
  expect(["a.js", "a.css", "a.svg", "a.xyz"].map(contentTypeOf)).toEqual([
    "text/javascript; charset=utf-8",
    "text/css; charset=utf-8",
    "image/svg+xml",
    "application/octet-stream",
  ]);
});
