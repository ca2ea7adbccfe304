import { loadavg } from "node:os";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { QueueClient, unlabelledLines } from "../support/queue-client.ts";
import { handLines } from "../support/unseen-hands.ts";

// What scoring the pool of the label queue costs POST /predict: `npm run bench -- scoring [DRAWINGS]`. One client on the
// executable, with a pause after each response; with and without scoring in turns of one server. Before each turn with
// scoring, a part of the drawings is imported. Two versions score them, as for the order `disagreement`.

const DRAWINGS = Number(process.argv[2] ?? 3_000);
const ROUNDS = 5;
/** Predictions of each turn. */
const REQUESTS = 130;
/** Milliseconds between a response and the next request. */
const PACE_MS = 20;

const project = await emptyProject();
let server: RunningServer | null = null;
try {
  await write(
    "conf/base/parameters.yml",
    "tuning_epochs: 1\nreplay: { mnist: 100, digits: 0, negatives: 0 }\ntuning_layer: predictions\n",
  );
  await write("labels.ndjson", handLines(100, { writer: "ann" }));
  await tegaki("samples", "import", "labels.ndjson");
  await tegaki("run", "--pipeline", "tuning");
  server = await startServer(project);
  await bench(server.url, new QueueClient(server.url));
} finally {
  await server?.stop();
  await project.remove();
}

async function bench(url: string, client: QueueClient): Promise<void> {
  if ((await client.counts()).model_version === 1) await client.post("/models/2/promote", { force: true });
  const [idle, scoring]: [number[][], number[][]] = [[], []];
  let seconds = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // What a swap of the model, or the scoring before, has left to do.
    await Bun.sleep(3_000);
    idle.push(await predictions(url));
    const part = DRAWINGS / ROUNDS;
    await write("scans.ndjson", unlabelledLines(part, 600_000 + round * part));
    await tegaki("samples", "import", "scans.ndjson");
    const startMs = performance.now();
    await until(
      () => client.counts(),
      ({ scored }) => scored > round * part,
    );
    scoring.push(await predictions(url));
    const { scored, unlabelled, orders } = await client.counts();
    if (scored === unlabelled) throw new Error("Scoring ended before the predictions: use more drawings");
    if (!orders.includes("disagreement")) throw new Error("The two versions are not compared");
    await until(
      () => client.counts(),
      (counts) => counts.scored === counts.unlabelled,
    );
    seconds += (performance.now() - startMs) / 1_000;
    const p99 = [idle, scoring].map((rounds) => quantile(rounds.at(-1)!, 0.99).toFixed(1));
    console.log(`  round ${round + 1}: p99 idle ${p99[0]} ms, while scoring ${p99[1]} ms, load ${load()}`);
  }
  console.log(`${PACE_MS} ms apart: idle ${spread(idle)}; while scoring ${spread(scoring)}`);
  console.log(`${(DRAWINGS / seconds).toFixed(0)} drawings are scored and compared in a second`);
}

function write(path: string, text: string): Promise<number> {
  return Bun.write(join(project.dir, path), text);
}

async function tegaki(...args: string[]): Promise<void> {
  const { code, err } = await runCommand(project, args);
  if (code !== 0) throw new Error(`tegaki ${args.join(" ")}: ${err}`);
}

/** Processes that wait for a processor, in the mean of the last minute. */
function load(): string {
  return loadavg()[0]!.toFixed(1);
}

async function predictions(url: string): Promise<number[]> {
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
    await Bun.sleep(PACE_MS);
  }
  return times;
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))]!;
}

function spread(rounds: readonly number[][]): string {
  const all = rounds.flat();
  const [p50, p99] = [quantile(all, 0.5), quantile(all, 0.99)];
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms (n ${all.length})`;
}
