import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { buildPageAssets, contentTypeOf } from "../../src/build/page-assets.ts";

let directory = "";
const read = (name: string) => Bun.file(join(directory, "page", name)).text();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tegaki-assets-"));
  await buildPageAssets(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("buildPageAssets() writes files under stable names", async () => {
  const names = (await readdir(join(directory, "page"))).filter((name) => !/\.(br|gz)$/.test(name));
  expect(names.sort()).toEqual([
    "draw.js",
    "graph-site.js",
    "graph.js",
    "grid.js",
    "htmx.js",
    "icon.svg",
    "label.js",
    "map.js",
    "pages.js",
    "queue.js",
    "sample.js",
    "samples.js",
    "style.css",
  ]);
});

test("buildPageAssets() writes scripts that evaluate nothing and refer to no source map", async () => {
  for (const name of ["draw.js", "graph.js", "graph-site.js", "label.js", "pages.js", "queue.js"])
    expect(await read(name)).not.toMatch(/\beval\(|new Function\(/);
  for (const name of [
    "draw.js",
    "graph.js",
    "graph-site.js",
    "grid.js",
    "label.js",
    "map.js",
    "pages.js",
    "queue.js",
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

test("buildPageAssets() writes each file compressed as well, with the same content", async () => {
  for (const name of ["draw.js", "graph.js", "htmx.js", "style.css"]) {
    const [plain, br, gz] = await Promise.all(
      [name, `${name}.br`, `${name}.gz`].map((file) => Bun.file(join(directory, "page", file)).bytes()),
    );
    expect(brotliDecompressSync(br!).equals(plain!)).toBe(true);
    expect(Buffer.from(Bun.gunzipSync(gz!)).equals(plain!)).toBe(true);
    expect(br!.length).toBeLessThan(plain!.length / 2);
  }
});

test("buildPageAssets() writes less than 40 KB of compressed scripts for any page", async () => {
  const sizeOf = async (name: string) => Bun.file(join(directory, "page", `${name}.js.gz`)).size;
  const common = (await sizeOf("htmx")) + (await sizeOf("pages"));
  for (const name of ["draw", "graph", "grid", "label", "queue"])
    expect(common + (await sizeOf(name))).toBeLessThan(40_000);
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
