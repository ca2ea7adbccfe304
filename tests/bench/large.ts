import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildExecutableWhenStale } from "../../src/build/build.ts";
import { openStore } from "../../src/storage/open.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { median } from "./support/competitor.ts";
import { fillStore } from "./support/fill-store.ts";

// A project that has been used for years: how fast it starts, answers each page, stores a label and exports, by the
// executable on loopback. `npm run bench -- large [--samples 1000000] [--runs 10000] [--rounds 15] [--labels 500]`.

const { values } = parseArgs({
  options: {
    samples: { type: "string", default: "1000000" },
    runs: { type: "string", default: "10000" },
    rounds: { type: "string", default: "15" },
    labels: { type: "string", default: "500" },
  },
});
const [samples, runs, rounds, labels] = [values.samples, values.runs, values.rounds, values.labels].map(
  Number,
) as [number, number, number, number];

const PATHS = [
  ...["/", "/label", "/label/unlabelled", "/label/grid", "/label/agreement", "/samples"],
  ...[
    "/samples?correctness=wrong&label=7",
    "/samples?writer=writer%203",
    "/samples/map",
    "/samples/forget?writer=writer%203",
  ],
  ...[
    "/pipelines",
    "/runs",
    "/runs?status=failed",
    "/runs/bench-000001",
    "/runs/compare?runs=bench-000001,bench-000002",
    "/models",
  ],
  ...["/models/1", "/models/deployments", "/models/trials", "/scheduler", "/monitoring", "/learning"],
  ...["/settings", "/server", "/webhooks", "/people", "/people/invitations", "/people/audit", "/account"],
  ...["/docs", "/docs/api", "/metrics", "/api/v1/samples", "/api/v1/samples/count", "/api/v1/runs"],
  ...["/api/v1/reviews/counts", "/api/v1/monitoring", "/api/v1/learning", "/api/v1/queue/agreement"],
];

await buildExecutableWhenStale();
const project = await emptyProject();
await mkdir(join(project.dir, "data"), { recursive: true });
const path = join(project.dir, "data/tegaki.db");
const store = await openStore({ path, clock: { now: () => new Date() }, holdoutFraction: 0.2 });
await fillStore(store, { samples, runs });
await store.close();
console.log(`${samples} samples, ${runs} runs, ${((await stat(path)).size / 1e6).toFixed(0)} MB\n`);

let server = await startServer(project);
await server.stop();
const startedMs = performance.now();
server = await startServer(project);
try {
  console.log(`start until ready: ${(performance.now() - startedMs).toFixed(0)} ms`);
  console.log("\n| page | first, ms | median, ms | greatest of the others, ms |\n|---|---|---|---|");
  for (const path of PATHS) console.log(await rowOf(server, path));
  await measureLabels(server);
  await measureExport(server);
  const rss = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${server.pid}/status`, "utf8").catch(() => ""));
  console.log(`memory: ${rss === null ? "not known here" : `${(Number(rss[1]) / 1e3).toFixed(0)} MB`}`);
} finally {
  await server.stop();
  await project.remove();
}
process.exit(0);

async function rowOf({ url }: RunningServer, path: string): Promise<string> {
  const times: number[] = [];
  let status = 0;
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    const response = await fetch(url + path);
    await response.arrayBuffer();
    ({ status } = response);
    times.push(performance.now() - started);
  }
  const [first, ...others] = times as [number, ...number[]];
  const figures = [first, median(others), Math.max(...others)].map((ms) => ms.toFixed(1));
  return `| ${path}${status === 200 ? "" : ` (${status})`} | ${figures.join(" | ")} |`;
}

/** One label after the other, each of another drawing. */
async function measureLabels({ url }: RunningServer): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < labels; i++) {
    const body = JSON.stringify({ ...drawingOf(i % 10, 5_000 + i), label: String(i % 10) });
    const started = performance.now();
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/api/v1/samples`, { method: "POST", headers, body });
    await response.arrayBuffer();
    if (response.status > 201) throw new Error(`a label is ${response.status}`);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(1);
  console.log(`\nlabels: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, greatest ${at(1)} ms`);
}

/** The whole store as NDJSON, read as it comes and not kept. */
async function measureExport({ url }: RunningServer): Promise<void> {
  const started = performance.now();
  const response = await fetch(`${url}/api/v1/samples/export`, {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify({ format: "ndjson", filter: {} }),
  });
  if (!response.ok || response.body === null)
    throw new Error(`the export is ${response.status}: ${await response.text()}`);
  let bytes = 0;
  let firstMs = 0;
  for await (const chunk of response.body) {
    if (bytes === 0) firstMs = performance.now() - started;
    bytes += chunk.length;
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `export: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, ${(samples / seconds).toFixed(0)} samples/s, first byte after ${firstMs.toFixed(0)} ms`,
  );
}
