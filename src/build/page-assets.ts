import { mkdir, rm } from "node:fs/promises";
import { extname, join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const ASSETS = join(ROOT, "views/assets");
const HTMX = join(ROOT, "node_modules/htmx.org/dist");

/** Copied as they are, under the name on the left. */
const COPIES: Readonly<Record<string, string>> = {
  "htmx.js": join(HTMX, "htmx.min.js"),
  "htmx-sse.js": join(HTMX, "ext/hx-sse.min.js"),
  "icon.svg": join(ASSETS, "icon.svg"),
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Makes `<outDir>/page/`, everything that pages load from /assets/: `draw.js` and `pages.js` bundled for the
 * browser, `style.css` joined from its parts, htmx with its SSE extension, and the icon. Names stay the same
 * between builds; the server's etag tells versions apart.
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
        join(ASSETS, "pages.ts"),
      ],
      outdir: page,
      target: "browser",
      format: "iife",
      minify: true,
      naming: "[name].js",
    }),
    joinStyles(join(page, "style.css")),
    ...Object.entries(COPIES).map(([name, from]) => copy(from, join(page, name))),
  ]);
}

/** By extension; unknown ones are bytes that no browser should guess about. */
export function contentTypeOf(name: string): string {
  return CONTENT_TYPES[extname(name)] ?? "application/octet-stream";
}

/** The parts that style.css imports, one after the other: a bundler would rewrite `light-dark()` for old browsers. */
async function joinStyles(target: string): Promise<void> {
  const entry = await Bun.file(join(ASSETS, "style.css")).text();
  const parts = [...entry.matchAll(/@import "(.+)";/g)].map(([, path]) =>
    Bun.file(join(ASSETS, path!)).text(),
  );
  const css = (await Promise.all(parts)).join("\n");
  await Bun.write(target, css.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\n\s*/g, "\n"));
}

/** Without the link to a source map that is not served. */
async function copy(from: string, to: string): Promise<void> {
  if (!from.endsWith(".js")) return void (await Bun.write(to, Bun.file(from)));
  const script = await Bun.file(from).text();
  await Bun.write(to, script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
}
