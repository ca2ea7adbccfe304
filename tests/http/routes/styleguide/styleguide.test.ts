import { expect, test } from "bun:test";
import { join } from "node:path";
import { COMPONENTS } from "../../../../views/styleguide/components.tsx";
import { TEXT_CONTRAST, TEXT_PAIRS } from "../../../../views/styleguide/contrast.ts";
import { styleTokens } from "../../../../views/styleguide/tokens.ts";
import { createTestApp } from "../../../support/test-app.ts";

const ROOT = join(import.meta.dir, "../../../..");
const read = (path: string) => Bun.file(join(ROOT, path)).text();
const TOKENS = await read("views/assets/styles/tokens.css");

/** The page, with this stylesheet. */
async function pageWith(css: string, headers: Record<string, string> = {}) {
  const asset = { body: new TextEncoder().encode(css), contentType: "text/css", etag: '"a"' };
  const { app } = await createTestApp({ assets: new Map([["style.css", asset]]) });
  return app.request("/styleguide", { headers });
}

const html = await (await pageWith(TOKENS)).text();

/** Stylesheets of what several pages have in common. */
const SHARED = ["controls.css", "lists.css", "charts.css", "strip.css", "shell.css"];
/** A class that as many files of views use is shared, wherever its rules are. */
const SHARED_BY = 3;
/** Shared classes without an example. */
const WITHOUT: Readonly<Record<string, string>> = {
  ...named("runs-search run-choice run-tags run-result run-note run-form", "the list of runs only"),
  ...named("requests dry-run group-row", "the Scheduler page only"),
  ...named("param-all", "the form that starts a run only"),
  ...named("ask-body", "the dialog of the graph only"),
  ...named("layer layer-unit explain", "the explanation on the Draw page only"),
  ...named("examples-target is-none", "appears only when it is filled"),
  ...named("door-form", "the pages by which people come in, and their account"),
  ...named("people-name people-table", "the pages about people only"),
  ...named("report-head", "the report of a run only"),
  ...named("page-acts", "links between the pages of Samples and of the grid"),
  ...named("learning-group", "a heading with its table, on Learning and Agreement"),
};

function named(names: string, why: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, why]));
}

/** The classes that the rules of a stylesheet select. */
function classesIn(css: string): string[] {
  const plain = css.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...plain.matchAll(/([^{}]+)\{/g)].flatMap(([, selector]) =>
    [...selector!.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!),
  );
}

async function sharedClasses(): Promise<Set<string>> {
  const sheets = await Array.fromAsync(
    new Bun.Glob("*.css").scan({ cwd: join(ROOT, "views/assets/styles") }),
  );
  const views = await Array.fromAsync(
    new Bun.Glob("views/{charts,fragments,graph,layout,pages}/**/*.tsx").scan({ cwd: ROOT }),
  );
  const used = await Promise.all(views.map(async (file) => wordsOfClasses(await read(file))));
  const shared = new Set<string>();
  for (const sheet of sheets) {
    for (const name of classesIn(await read(`views/assets/styles/${sheet}`))) {
      const uses = used.filter((words) => words.has(name)).length;
      if (SHARED.includes(sheet) || uses >= SHARED_BY) shared.add(name);
    }
  }
  return shared;
}

/** The words of all class attributes, also those within an expression. */
function wordsOfClasses(source: string): Set<string> {
  const attributes = [...source.matchAll(/class=(?:"([^"]*)"|\{([^}]*)\})/g)].map(
    ([, text, code]) => text ?? code!,
  );
  return new Set(attributes.flatMap((text) => text.match(/[a-z][\w-]*/g) ?? []));
}

const shown = new Set([...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names]) => names!.split(" ")));

test("GET /styleguide shows each token of the stylesheet that it is served with", async () => {
  const tokens = styleTokens(TOKENS).map(({ name }) => name);
  const rows = [...html.matchAll(/data-token="([^"]+)"/g)].map(([, name]) => name!);
  expect(tokens.length).toBeGreaterThan(40);
  expect(rows.toSorted()).toEqual(tokens.toSorted());
  const more = await (await pageWith(TOKENS.replace(":root {", ":root {\n  --space-9: 9rem;"))).text();
  expect(more).toContain('data-token="space-9"');
});

test("styleTokens() refuses a token of a kind that the style guide does not show", () => {
  expect(() => styleTokens(":root { --speed: 3; }")).toThrow("what kind of token --speed is");
});

test("each shared class of the styles is in an example of GET /styleguide, or known to be of one page only", async () => {
  const shared = await sharedClasses();
  expect(shared.size).toBeGreaterThan(80);
  const lacking = [...shared].filter((name) => !shown.has(name) && WITHOUT[name] === undefined);
  expect(lacking).toEqual([]);
  const needless = Object.keys(WITHOUT).filter((name) => !shared.has(name) || shown.has(name));
  expect(needless).toEqual([]);
});

test("each component of GET /styleguide has an example that is not empty, and names a file that exists", async () => {
  for (const { id, file } of COMPONENTS) {
    const start = html.indexOf(`data-example="${id}"`);
    expect([id, start > 0, html.slice(start, start + 80)]).toEqual([id, true, expect.stringContaining("><")]);
    expect([file, await Bun.file(join(ROOT, file)).exists()]).toEqual([file, true]);
  }
});

test("GET /styleguide shows the contrast of each pair in both schemes, cut to two digits", () => {
  const rows = [...html.matchAll(/<tr data-use="text">(.*?)<\/tr>/gs)].map(([, row]) => row!);
  expect(rows).toHaveLength(TEXT_PAIRS.length);
  for (const row of rows) {
    const ratios = [...row.matchAll(/data-contrast="([\d.]+)"/g)].map(([, ratio]) => Number(ratio));
    expect(ratios).toHaveLength(2);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  }
});

test("GET /styleguide is for no search engine, in the reader's language, and linked from the manual", async () => {
  const response = await pageWith(TOKENS, { "accept-language": "ja" });
  expect(response.headers.get("x-robots-tag")).toBe("noindex");
  expect(await response.text()).toContain("<h1>スタイルガイド</h1>");
  const { app } = await createTestApp();
  expect(await (await app.request("/docs")).text()).toContain('<a href="/styleguide">Style guide</a>');
});

test("GET /styleguide is 404 with a reason where there is no stylesheet; its example forms change nothing", async () => {
  const { app, send } = await createTestApp();
  expect((await app.request("/styleguide")).status).toBe(404);
  const sent = await send("POST", "/styleguide");
  expect([sent.status, sent.headers.get("location")]).toEqual([303, "/styleguide"]);
});
