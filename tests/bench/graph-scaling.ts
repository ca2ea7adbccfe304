import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { CHROMIUM } from "../../src/build/test-needs.ts";
import { layOut } from "../../src/graph/layout/layout.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import type { GraphNode } from "../../src/graph/pipeline-graph.ts";
import { emptyQuery } from "../../src/graph/query.ts";
import { launchBrowser } from "../support/browser.ts";

const SIZES = [500, 1_000, 2_000, 5_000];
const ROUNDS = 3;
/** Limit of a page: the server's answer and its load in Chromium. */
const PAGE_LIMIT_MS = 2_000;

/** Inputs of node i, which outputs `di`. */
const SHAPES: Readonly<Record<string, (i: number) => string[]>> = {
  shared: (i) => ["raw", `d${i - 1}`],
  halves: (i) => [...new Set([`d${i - 1}`, `d${Math.floor((i - 1) / 2)}`])],
  fan: () => ["raw"],
};

function nodesOf(shape: string, size: number): GraphNode[] {
  return Array.from({ length: size }, (_, i) => ({
    name: `n${i}`,
    namespace: null,
    inputs: i === 0 ? ["raw"] : SHAPES[shape]!(i),
    outputs: [`d${i}`],
    tags: [],
    source: null,
  }));
}

/** Prints how the layout's time and size grow with the number of nodes. */
export function benchGraphScaling(): void {
  console.log("shape   nodes  elements (repeated)  edges   layout ms (us per node)");
  for (const shape of Object.keys(SHAPES)) {
    for (const size of SIZES) {
      const graph = { pipelines: [{ name: "p", nodes: nodesOf(shape, size) }], datasets: {}, parameters: {} };
      const times: number[] = [];
      let counts = "";
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        const { elements, edges } = layOut(pictureOf(graph, emptyQuery("p")));
        times.push(performance.now() - start);
        const repeated = elements.filter(({ repeats }) => repeats !== undefined).length;
        counts =
          `${String(elements.length).padStart(8)} (${repeated})`.padEnd(20) +
          String(edges.length).padStart(7);
      }
      const ms = times.sort((a, b) => a - b)[1]!;
      console.log(
        `${shape.padEnd(7)}${String(size).padStart(6)} ${counts} ${ms.toFixed(0).padStart(8)} (${((1_000 * ms) / size).toFixed(0)})`,
      );
    }
  }
}

/** Prints how long `/pipelines` takes in Chromium, from the address to a page that reacts; skipped without Chromium. */
export async function benchGraphPages(command: readonly string[]): Promise<void> {
  if (CHROMIUM === undefined) return console.log("no Chromium: the pages are not measured");
  const dir = await mkdtemp(join(tmpdir(), "tegaki-bench-"));
  const project = join(dir, "project");
  const browser = await launchBrowser();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  try {
    await createProject(command, project);
    const server = Bun.spawn([...command, "serve", "--load-code", "--http", `127.0.0.1:${port}`], {
      cwd: project,
      stdio: ["ignore", "ignore", "ignore"],
    });
    try {
      await measurePages(browser, `http://127.0.0.1:${port}`);
    } finally {
      server.kill();
      await server.exited;
    }
  } finally {
    await browser.close();
    await rm(dir, { recursive: true });
  }
}

async function createProject(command: readonly string[], project: string): Promise<void> {
  await Bun.spawn([...command, "init", project], { stdio: ["ignore", "ignore", "inherit"] }).exited;
  for (const [pipeline, shape, size] of PAGES) {
    const nodes = nodesOf(shape, size).map(({ name, inputs, outputs }) => [name, inputs, outputs]);
    const code = `import { node, pipeline } from "tegaki";
const one = (...values) => values.length;
const nodes = ${JSON.stringify(nodes)};
const own = (name) => \`${pipeline}_\${name}\`;
export const createPipeline = () =>
  pipeline(nodes.map(([name, inputs, outputs]) =>
    node({ name: own(name), func: one, inputs: inputs.map(own), outputs: outputs.map(own) })));
`;
    const folder = join(project, "src/pipelines", pipeline);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "pipeline.ts"), code);
  }
}

const PAGES: readonly (readonly [pipeline: string, shape: string, size: number])[] = [
  ["shared200", "shared", 200],
  ["halves1000", "halves", 1_000],
  ["halves5000", "halves", 5_000],
];

async function measurePages(browser: Browser, address: string): Promise<void> {
  while (!(await fetch(`${address}/livez`).catch(() => null))?.ok) await Bun.sleep(50);
  const queries = [...PAGES.map(([pipeline]) => pipeline), "halves5000&draw=on"];
  for (const query of queries) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage();
      const start = performance.now();
      await page.goto(`${address}/pipelines?pipeline=${query}`);
      await page.locator('#graph-view[data-ready="true"]').waitFor();
      times.push(performance.now() - start);
      await page.close();
    }
    const ms = times.sort((a, b) => a - b)[1]!;
    const isRequested = query.endsWith("draw=on");
    const verdict = isRequested || ms < PAGE_LIMIT_MS ? "" : `  OVER ${PAGE_LIMIT_MS} ms`;
    console.log(`page of ${query.padEnd(20)} ${ms.toFixed(0).padStart(6)} ms${verdict}`);
  }
}
