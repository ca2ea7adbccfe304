import { mkdir, readdir, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const ROOT = join(import.meta.dir, "../..");
const ASSETS = join(ROOT, "views/assets");
const HTMX = join(ROOT, "node_modules/htmx.org/dist");

/**
 * htmx and its SSE extension are joined into one file: htmx starts on a timer when its script is deferred, and a
 * separate extension might load after that, which would leave the page without a stream.
 */
const HTMX_PARTS = [join(HTMX, "htmx.min.js"), join(HTMX, "ext/hx-sse.min.js")];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Builds `<outDir>/page/`, everything that pages load from /assets/: `draw.js` and `pages.js` bundled for the
 * browser, `style.css` joined from its parts, htmx with its SSE extension, and the icon, each also as
 * `.br` and `.gz`. Names are the same in every build; the server adds a hash of the contents to their URLs.
 *
 * @throws {AggregateError} with the bundler's messages when a script does not compile.
 */
export async function buildPageAssets(outDir: string): Promise<void> {
  const page = join(outDir, "page");
  await rm(page, { recursive: true, force: true });
  await mkdir(page, { recursive: true });
  await Promise.all([
    Bun.build({
      entrypoints: [
        join(ASSETS, "draw.ts"),
        join(ASSETS, "graph.ts"),
        join(ASSETS, "graph-site.ts"),
        join(ASSETS, "grid.ts"),
        join(ASSETS, "label.ts"),
        join(ASSETS, "map.ts"),
        join(ASSETS, "pages.ts"),
        join(ASSETS, "queue.ts"),
        join(ASSETS, "sample.ts"),
        join(ASSETS, "samples.ts"),
      ],
      outdir: page,
      target: "browser",
      format: "iife",
      minify: true,
      naming: "[name].js",
    }),
    joinStyles(join(page, "style.css")),
    joinScripts(HTMX_PARTS, join(page, "htmx.js")),
    Bun.write(join(page, "icon.svg"), Bun.file(join(ASSETS, "icon.svg"))),
  ]);
  await Promise.all((await readdir(page)).map((name) => compress(join(page, name))));
}

/** Writes `{file}.br` and `{file}.gz`, where they are smaller, at the highest levels: it is done once per build. */
async function compress(file: string): Promise<void> {
  const body = await Bun.file(file).bytes();
  const [br, gz] = [brotliCompressSync(body), Bun.gzipSync(body, { level: 9 })];
  if (br.length < body.length) await Bun.write(`${file}.br`, br);
  if (gz.length < body.length) await Bun.write(`${file}.gz`, gz);
}

/** The content type by extension; an unknown one is plain bytes, so that browsers do not guess. */
export function contentTypeOf(name: string): string {
  return CONTENT_TYPES[extname(name)] ?? "application/octet-stream";
}

/** Concatenates the parts that style.css imports; a bundler would rewrite `light-dark()` for old browsers. */
async function joinStyles(target: string): Promise<void> {
  const entry = await Bun.file(join(ASSETS, "style.css")).text();
  const parts = [...entry.matchAll(/@import "(.+)";/g)].map(([, path]) =>
    Bun.file(join(ASSETS, path!)).text(),
  );
  const css = (await Promise.all(parts)).join("\n");
  await Bun.write(target, css.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\n\s*/g, "\n"));
}

/** Concatenates scripts, without links to source maps, which are not served. */
async function joinScripts(parts: readonly string[], target: string): Promise<void> {
  const scripts = await Promise.all(parts.map((part) => Bun.file(part).text()));
  const bare = scripts.map((script) => script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""));
  await Bun.write(target, `${bare.join(";\n")}\n`);
}
