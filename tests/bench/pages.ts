import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { buildExecutableWhenStale } from "../../src/build/build.ts";
import { openStore } from "../../src/storage/open.ts";
import { launchBrowser } from "../support/browser.ts";
import { emptyProject, startServer } from "../support/executable.ts";
import { median } from "./support/competitor.ts";
import { fillStore } from "./support/fill-store.ts";

// How fast the pages of a large project are: the response of the executable by loopback, and what Chromium makes of it
// with an empty cache: first paint, layout shift while the page settles, and bytes.
//
//   npm run bench -- pages [--samples 100000] [--runs 1000] [--rounds 7]

const { values } = parseArgs({
  options: {
    samples: { type: "string", default: "100000" },
    runs: { type: "string", default: "1000" },
    rounds: { type: "string", default: "7" },
  },
});
const ROUNDS = Number(values.rounds);
/** Loads in Chromium, of which the median is reported. */
const LOADS = 3;
const SETTLED_MS = 1_500;

const PATHS = [
  ...[
    "/",
    "/samples",
    "/samples?correctness=wrong&label=7",
    "/label",
    "/label/grid",
    "/pipelines",
    "/runs",
    "/models",
  ],
  ...["/scheduler", "/monitoring", "/learning", "/settings", "/docs", "/docs/api", "/server"],
];

await buildExecutableWhenStale();
const project = await emptyProject();
await mkdir(join(project.dir, "data"), { recursive: true });
const path = join(project.dir, "data/tegaki.db");
const store = await openStore({ path, clock: { now: () => new Date() }, holdoutFraction: 0.2 });
await fillStore(store, { samples: Number(values.samples), runs: Number(values.runs) });
await store.close();
const server = await startServer(project);
const browser = await launchBrowser();
try {
  console.log(`${values.samples} samples, ${values.runs} runs\n`);
  console.log("| page | response, ms | first paint, ms | layout shift | page, kB | scripts, kB |");
  console.log("|---|---|---|---|---|---|");
  for (const path of PATHS) {
    const response = await responseMs(server.url + path);
    const { paintMs, shift, pageKb, scriptKb } = await loadOf(browser, server.url + path);
    const row = [path, response.toFixed(1), paintMs.toFixed(0), shift.toFixed(4), pageKb, scriptKb];
    console.log(`| ${row.join(" | ")} |`);
  }
} finally {
  await browser.close();
  await server.stop();
  await project.remove();
}
process.exit(0);

/** The median; the first response, which compiles code and reads indexes, is left out. */
async function responseMs(url: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    const response = await fetch(url, { headers: { "accept-encoding": "zstd" } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} is ${response.status}`);
    if (round > 0) times.push(performance.now() - started);
  }
  return median(times);
}

async function loadOf(browser: Browser, url: string) {
  const loads = [];
  for (let i = 0; i < LOADS; i++) loads.push(await loadOnce(browser, url));
  return loads.sort((a, b) => a.paintMs - b.paintMs)[LOADS >> 1]!;
}

async function loadOnce(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url);
  await page.waitForTimeout(SETTLED_MS);
  const measured = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const scripts = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(
      ({ initiatorType }) => initiatorType === "script",
    );
    return {
      paintMs: paint?.startTime ?? Number.NaN,
      shift: (globalThis as unknown as { seen: { shift: number } }).seen.shift,
      page: navigation!.transferSize,
      scripts: scripts.reduce((sum, { transferSize }) => sum + transferSize, 0),
    };
  });
  await context.close();
  const kb = (bytes: number) => (bytes / 1000).toFixed(1);
  return { ...measured, pageKb: kb(measured.page), scriptKb: kb(measured.scripts) };
}
