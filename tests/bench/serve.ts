import { rm, stat } from "node:fs/promises";
import { EXECUTABLE } from "../../src/build/build.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";

// Figures of the compiled executable as a user experiences it: `npm run bench -- serve`.
// Latencies are of one client that sends one request at a time; /livez in the same minutes is the baseline.

const STARTS = 11;
const REQUESTS = 500;
/** Pause between two requests during training, because a person draws slowly. */
const PACE_MS = 20;

type Project = Awaited<ReturnType<typeof emptyProject>>;

/** Measures the start, memory use and latencies of a server. */
export async function benchServe(): Promise<void> {
  console.log(`executable: ${((await stat(EXECUTABLE)).size / 1e6).toFixed(0)} MB`);
  const project = await emptyProject();
  try {
    await benchStart(project);
    const server = await startServer(project);
    try {
      await Bun.sleep(2_000);
      console.log(`RSS when idle: ${(await rssOf(server.pid)).toFixed(0)} MB`);
      await benchLatency(server);
      await benchLatencyWhileTraining(server);
    } finally {
      await server.stop();
    }
  } finally {
    await project.remove();
  }
}

/** Measures the time from the start of the process to the first 200 of /readyz. */
async function benchStart(project: Project): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const start = performance.now();
    const server = await startServer(project);
    times.push(performance.now() - start);
    await server.stop();
  }
  // The first start creates the store.
  console.log(
    `start to /readyz: ${spread(times.slice(1))} (first start in an empty directory: ${times[0]!.toFixed(0)} ms)`,
  );
  await rm(`${project.dir}/data`, { recursive: true, force: true });
}

async function benchLatency(server: RunningServer): Promise<void> {
  const predictions: number[] = [];
  const baseline: number[] = [];
  const samples: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    baseline.push(await timed(() => fetch(`${server.url}/livez`)));
    predictions.push(await timed(() => predict(server, i)));
    samples.push(await timed(() => label(server, i)));
  }
  console.log(`GET /livez, idle: ${spread(baseline)}`);
  console.log(`POST /predict, idle: ${spread(predictions)}; ${ratio(predictions, baseline)}x of /livez`);
  console.log(`POST /samples, idle: ${spread(samples)}; ${ratio(samples, baseline)}x of /livez`);
}

async function benchLatencyWhileTraining(server: RunningServer): Promise<void> {
  const body = JSON.stringify({ pipeline: "tuning", params: { tuning_epochs: 10_000 } });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${server.url}/api/v1/runs`, { method: "POST", headers, body });
  const { run_id: id } = (await response.json()) as { run_id: string };
  await untilTraining(server, id);
  const predictions: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    predictions.push(await timed(() => predict(server, i)));
    await Bun.sleep(PACE_MS);
  }
  console.log(`POST /predict, while training: ${spread(predictions)}`);
  await fetch(`${server.url}/api/v1/runs/${id}/cancel`, { method: "POST" });
}

async function untilTraining(server: RunningServer, id: string): Promise<void> {
  for (;;) {
    const page = await (await fetch(`${server.url}/runs/${id}`)).text();
    if (page.includes("<svg") || page.includes("samples/s")) return;
    await Bun.sleep(500);
  }
}

async function predict(server: RunningServer, i: number): Promise<Response> {
  return post(`${server.url}/api/v1/predict`, drawingOf(i % 10, i + 1));
}

async function label(server: RunningServer, i: number): Promise<Response> {
  const session = `sitting ${i % 9}`;
  return post(`${server.url}/api/v1/samples`, {
    ...drawingOf(i % 10, i + 1),
    label: String(i % 10),
    session,
  });
}

async function post(url: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Milliseconds until the body has been read. */
async function timed(ask: () => Promise<Response>): Promise<number> {
  const start = performance.now();
  const response = await ask();
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.url} responded with ${response.status}`);
  return performance.now() - start;
}

/** Resident memory of a process in MB, as reported by ps. */
async function rssOf(pid: number): Promise<number> {
  const text = await new Response(Bun.spawn(["ps", "-o", "rss=", "-p", String(pid)]).stdout).text();
  return Number(text) / 1024;
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))]!;
}

function spread(times: readonly number[]): string {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (n ${times.length})`;
}

function ratio(times: readonly number[], baseline: readonly number[]): string {
  return (quantile(times, 0.5) / quantile(baseline, 0.5)).toFixed(1);
}
