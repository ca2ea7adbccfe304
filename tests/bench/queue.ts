import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QUEUE_ORDERS } from "../../src/domain/queue/order.ts";
import { scoresOf } from "../../src/labelling/drawing-scores.ts";
import { createRandom } from "../../src/lib/random.ts";
import { openStore } from "../../src/storage/open.ts";

// Times of `next` on a pool of 100,000 scored drawings, in a store on disk: `npm run bench -- queue [DRAWINGS]`.
const DRAWINGS = Number(process.argv[2] ?? 100_000);
const BATCH = 1_000;
const CALLS = 50;

const dir = mkdtempSync(join(tmpdir(), "tegaki-bench-queue-"));
const clock = { now: () => new Date() };
const store = await openStore({ path: join(dir, "tegaki.db"), clock, holdoutFraction: 0.2 });
const random = createRandom(1);
try {
  for (let from = 0; from < DRAWINGS; from += BATCH) await addScored(Math.min(BATCH, DRAWINGS - from));
  const ids = await store.queue.draw(1, 200);
  await store.queue.putRanking(ids, { seed: 1, modelVersion: 2, candidates: 5_000, covered: 0 });
  for (const order of QUEUE_ORDERS) await measure(order);
} finally {
  await store.close();
  rmSync(dir, { recursive: true });
}

async function addScored(n: number): Promise<void> {
  const outcomes = await store.queue.add(
    Array.from({ length: n }, () => ({
      ...{ drawing: null, pixels: Uint8Array.from({ length: 784 }, () => random.int(256)), preprocessing: 2 },
      ...{ writer: null, session: null, source: "import", actor: null },
    })),
  );
  await store.queue.putScores(
    outcomes.flatMap((outcome) => {
      if (outcome.result !== "added") return [];
      const p = random.next();
      const answer = (version: number, q: number) => ({
        ...{ version, isNone: false },
        probabilities: [
          { label: "0", p: q },
          { label: "1", p: 1 - q },
        ],
      });
      return [{ id: outcome.id, scores: scoresOf(answer(2, p), answer(1, random.next())) }];
    }),
  );
}

/** Every call is of another labeller, who keeps what they get: the drawings of all before are passed over. */
async function measure(order: (typeof QUEUE_ORDERS)[number]): Promise<void> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const startMs = performance.now();
    await store.queue.next({
      ...{ labeller: `${order} ${call}`, order, n: 5, holding: [], live: 2, compared: 1, leaseMs: 600_000 },
      ...{ shares: { second: 0, known: 0 }, draws: [0, 0, 0, 0, 0] },
    });
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (CALLS - 1))]!.toFixed(1);
  console.log(`${order.padEnd(17)} median ${at(0.5)} ms, 95 % ${at(0.95)} ms, at most ${at(1)} ms`);
}
