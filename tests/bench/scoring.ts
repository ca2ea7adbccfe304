import { loadavg } from "node:os";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { type Counts, QueueClient, unlabelledLines } from "../support/queue-client.ts";
import { handLines } from "../support/unseen-hands.ts";

// What scoring the pool of the label queue costs POST /predict: `npm run bench -- scoring [DRAWINGS]`. One client on the
// executable, with a pause after each response; with and without scoring in turns of one server. For a turn with scoring,
// another version goes live, by which the pool is scored again and compared with the first; afterwards the first one goes
// live again, and what was scored meanwhile is scored once more.

const DRAWINGS = Number(process.argv[2] ?? 3_000);
const ROUNDS = 8;
/** Predictions of each turn. */
const REQUESTS = 200;
/** Milliseconds between a response and the next request. */
const PACE_MS = 20;

const project = await emptyProject();
let server: RunningServer | null = null;
try {
  await Bun.write(
    join(project.dir, "conf/base/parameters.yml"),
    "tuning_epochs: 1\nreplay: { mnist: 100, digits: 0, negatives: 0 }\ntuning_layer: predictions\n",
  );
  await Bun.write(join(project.dir, "labels.ndjson"), handLines(100, { writer: "ann" }));
  await Bun.write(join(project.dir, "scans.ndjson"), unlabelledLines(DRAWINGS, 600_000));
  for (const args of [
    ["samples", "import", "labels.ndjson"],
    ["run", "--pipeline", "tuning"],
    ["samples", "import", "scans.ndjson"],
  ]) {
    const { code, err } = await runCommand(project, args);
    if (code !== 0) throw new Error(`tegaki ${args.join(" ")}: ${err}`);
  }
  server = await startServer(project);
  const client = new QueueClient(server.url);
  const startMs = performance.now();
  await untilScored(client);
  const seconds = (performance.now() - startMs) / 1_000;
  console.log(
    `${DRAWINGS} drawings are scored, compared and ranked in ${seconds.toFixed(0)} s, load ${load()}`,
  );
  await benchPace(server, client, PACE_MS);
} finally {
  await server?.stop();
  await project.remove();
}

async function benchPace({ url }: RunningServer, client: QueueClient, paceMs: number): Promise<void> {
  const [idle, scoring]: [number[][], number[][]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(await predictions(url, paceMs));
    const { model_version: live } = await client.counts();
    const other = 3 - live;
    await promote(client, other);
    await until(
      () => client.counts(),
      ({ scored, model_version }) => model_version === other && scored > 0,
    );
    scoring.push(await predictions(url, paceMs));
    const counts = await client.counts();
    if (isScored(counts)) throw new Error("Scoring ended before the predictions: use more drawings");
    if (!counts.orders.includes("disagreement")) throw new Error("The two versions are not compared");
    await promote(client, live);
    await untilScored(client);
    const p99 = [idle, scoring].map((rounds) => quantile(rounds.at(-1)!, 0.99).toFixed(1));
    console.log(`  round ${round + 1}: p99 idle ${p99[0]} ms, while scoring ${p99[1]} ms, load ${load()}`);
  }
  console.log(`${paceMs} ms apart: idle ${spread(idle)}; while scoring ${spread(scoring)}; load ${load()}`);
}

async function promote(client: QueueClient, version: number): Promise<void> {
  const { status, body } = await client.post(`/models/${version}/promote`, { force: true });
  if (status !== 200) throw new Error(`promote: ${status} ${JSON.stringify(body)}`);
}

/** Processes that wait for a processor, in the mean of the last minute. */
function load(): string {
  return loadavg()[0]!.toFixed(1);
}

async function predictions(url: string, paceMs: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const body = JSON.stringify(drawingOf(i % 10, i + 1));
    const startMs = performance.now();
    const response = await fetch(`${url}/api/v1/predict`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body },
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`/predict responded with ${response.status}`);
    times.push(performance.now() - startMs);
    if (paceMs > 0) await Bun.sleep(paceMs);
  }
  return times;
}

function isScored({ scored, unlabelled, model_version, diversity }: Counts): boolean {
  return scored === unlabelled && diversity?.model_version === model_version;
}

function untilScored(client: QueueClient): Promise<Counts> {
  return until(() => client.counts(), isScored);
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))]!;
}

function spread(rounds: readonly number[][]): string {
  const all = rounds.flat();
  const [p50, p99] = [quantile(all, 0.5), quantile(all, 0.99)];
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms (n ${all.length})`;
}
