import { join } from "node:path";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createPredictor } from "../../src/serving/predictor.ts";
import { observedPredictor } from "../../src/serving/shadow/observed-predictor.ts";
import { createShadow } from "../../src/serving/shadow/shadow.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { createTestApp } from "../support/test-app.ts";

// What unseen scoring costs POST /predict: `npm run bench -- shadow`. The application in this process, without a socket,
// so that the share is not diluted by the network; with and without the shadow in turns of one run.

const ROUNDS = 40;
const REQUESTS = 20;
/** Between two setups, so that no work is left for the next one. */
const PAUSE_MS = 30;
/** Milliseconds between a response and the next request; in the first, there is no time to score anything. */
const PACES_MS = [2, 10, 50];

/** Prints p50 and p99 of a prediction without, with one and with two models that score unseen. */
export async function benchShadow(): Promise<void> {
  const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
  const backend = await initBackend({ threads: 1, workerUrl });
  const artifacts = () => readModelFiles(join(import.meta.dir, "../../conf/base/model"));
  const predictor = createPredictor();
  await predictor.swap({ name: "digits", version: 1 }, await artifacts());
  const plain = { name: "off", app: await createTestApp({ predictor }), shadow: null };
  const shadowed = await Promise.all(
    [1, 2].map(async (count) => {
      const shadow = createShadow({ predictor });
      await shadow.use(Array.from({ length: count }, (_, i) => ({ version: i + 2, artifacts })));
      const app = await createTestApp({ predictor: observedPredictor(predictor, shadow) });
      return { name: `${count} unseen`, app, shadow };
    }),
  );
  const setups = [plain, ...shadowed];
  for (const paceMs of PACES_MS) {
    const rounds: Map<string, number[]>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const times = new Map<string, number[]>();
      // In another order each round: none of them always follows the same one.
      for (const { name, app } of setups.toSorted((a, b) => order(a.name, round) - order(b.name, round))) {
        const some: number[] = [];
        for (let i = 0; i < REQUESTS; i++) {
          const drawing = drawingOf(i % 10, round * REQUESTS + i + 1);
          some.push(await timed(() => app.send("POST", "/api/v1/predict", drawing)));
          if (paceMs > 0) await Bun.sleep(paceMs);
        }
        times.set(name, some);
        await Bun.sleep(PAUSE_MS);
      }
      rounds.push(times);
    }
    for (const { name } of setups) report(`${paceMs} ms apart, ${name}`, rounds, name);
  }
  for (const { name, shadow } of shadowed) {
    console.log(name, JSON.stringify(shadow.counts()));
    shadow.close();
  }
  await predictor.close();
  backend.dispose();
}

/** The ratio is of the same round: what else the machine does then slows both. */
function report(title: string, rounds: readonly Map<string, number[]>[], name: string): void {
  const all = rounds.flatMap((times) => times.get(name)!);
  const ratios = rounds.map((times) => quantile(times.get(name)!, 0.5) / quantile(times.get("off")!, 0.5));
  const [low, middle, high] = [0.25, 0.5, 0.75].map(
    (q) => `${(100 * (quantile(ratios, q) - 1)).toFixed(1)} %`,
  );
  const [p50, p99] = [quantile(all, 0.5).toFixed(3), quantile(all, 0.99).toFixed(2)];
  console.log(
    `${title}: p50 ${p50} ms, p99 ${p99} ms (n ${all.length}); p50 more than off ${middle} (${low} to ${high})`,
  );
}

function order(name: string, round: number): number {
  return Bun.hash.crc32(`${name} ${round}`);
}

async function timed(ask: () => Promise<Response>): Promise<number> {
  const start = performance.now();
  const response = await ask();
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`responded with ${response.status}`);
  return performance.now() - start;
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))]!;
}
