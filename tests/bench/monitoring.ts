import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SCHEDULE } from "../../src/domain/actor.ts";
import { CHAMPION } from "../../src/domain/deployment.ts";
import type { PairedEvidence } from "../../src/domain/gate.ts";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import { countPrediction, noCounts } from "../../src/domain/monitoring/counts.ts";
import type { HourCounts } from "../../src/domain/monitoring/monitor-store.ts";
import { bucketBefore } from "../../src/domain/monitoring/windows.ts";
import type { Store } from "../../src/domain/store.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { checkDigits } from "../../src/serving/check-digits.ts";
import { createPredictor } from "../../src/serving/predictor.ts";
import { openStoreThread } from "../../src/storage/thread/store-thread.ts";
import { newRun, newSample } from "../storage/helpers.ts";
import { templateModel } from "../support/models.ts";
import { createTestApp } from "../support/test-app.ts";
import { median, quantile } from "./support/competitor.ts";

// Monitoring on a full store, and what it costs a prediction: `npm run bench -- monitoring`.
//
//   bun tests/bench/monitoring.ts [--predictions 1000000] [--samples 100000]

const { values } = parseArgs({
  options: {
    predictions: { type: "string", default: "1000000" },
    samples: { type: "string", default: "100000" },
  },
});

const DAYS = 400;
const HOURS = DAYS * 24;
const VERSIONS = 40;
const WRITERS = 1_000;
const REQUESTS = 200;
const TURNS = 4_000;

const random = createRandom(1);
const directory = await mkdtemp(join(tmpdir(), "tegaki-bench-"));
const clock = { now: () => new Date("2026-06-01T12:30:00.000Z") };
const workerUrl = new URL("../../src/store-worker.ts", import.meta.url);
const path = join(directory, "tegaki.db");

/** A class, and mostly the same one again. */
function answer(): { label: string; predicted: string } {
  const label = String(random.int(10));
  return { label, predicted: random.next() < 0.97 ? label : String(random.int(10)) };
}

/** Each version is live for the same time. */
function versionAt(hoursAgo: number): number {
  return VERSIONS - Math.floor((hoursAgo / HOURS) * VERSIONS);
}

async function fill(): Promise<void> {
  let now = clock.now();
  const store = await openStoreThread({ path, clock: { now: () => now }, holdoutFraction: 0.2, workerUrl });
  const perHour = Math.round(Number(values.predictions) / HOURS);
  for (let back = HOURS - 1; back >= 0; back -= 48) {
    const hours = Array.from({ length: Math.min(48, back + 1) }, (_, i): HourCounts => {
      const counts = noCounts();
      for (let n = 0; n < perHour; n++) {
        const measured = {
          confidence: random.next(),
          entropy: random.next(),
          ink: random.next() / 4,
          slant: 20 * random.normal(),
        };
        countPrediction(
          counts,
          { label: answer().label, confidence: random.next(), isOutlier: n % 20 === 0 },
          measured,
        );
      }
      return { hour: bucketBefore("hour", clock.now(), back - i), modelVersion: versionAt(back - i), counts };
    });
    await store.monitoring.add(hours);
  }
  // Half of the labels are of the last week, which has the most rows for a window.
  const samples = Number(values.samples);
  for (let n = 0; n < samples; n += 500) {
    const days = n < samples / 2 ? 30 : 7;
    now = new Date(clock.now().getTime() - random.next() * days * 86_400_000);
    await store.samples.insertMany(
      Array.from({ length: Math.min(500, samples - n) }, () =>
        newSample({
          ...answer(),
          modelVersion: versionAt((clock.now().getTime() - now.getTime()) / 3_600_000),
          // One in twenty is of the same writer.
          writer: `writer ${random.next() < 0.05 ? 0 : random.int(WRITERS)}`,
        }),
      ),
    );
  }
  await register(store);
  await store.close();
}

/** Every version with the gate's evidence, the last of them live. */
async function register({ models, runs, lineage }: Store): Promise<void> {
  const compared = (set: string, against: "champion" | "base"): PairedEvidence => ({
    ...{ set, against, n: 10_000, candidate: 0.985, other: 0.98, fixed: 90, broken: 40, p: 0.001 },
    ...{ bound: 0.003, low: 0.002, high: 0.008 },
    classes: Array.from({ length: 10 }, (_, k) => ({
      label: String(k),
      n: 1_000,
      candidate: 0.98,
      other: 0.97,
    })),
  });
  const evidence = ["app_holdout", "reference"].flatMap((set) => [
    compared(set, "champion"),
    compared(set, "base"),
  ]);
  for (let version = 1; version <= VERSIONS; version++) {
    const runId = `run-${version}`;
    await runs.create(newRun(runId));
    await lineage.putRunData(runId, []);
    await models.create({
      ...{ name: "digits", key: `data/${version}`, sha256: "ab".repeat(32), runId, parentVersion: null },
      ...{ metrics: NO_METRICS, state: "ready", gate: { passed: true, checks: [], evidence } },
    });
  }
  await models.moveAlias({
    ...{ alias: CHAMPION, version: VERSIONS, action: "promote", by: "gate", actor: SCHEDULE },
    ...{ isForced: false, verdict: "better", reason: "better" },
  });
}

const report = (name: string, times: number[], unit = "ms") =>
  console.log(`${name}: p50 ${median(times).toFixed(2)}, p99 ${quantile(times, 0.99).toFixed(2)} ${unit}`);

let start = performance.now();
await fill();
console.log(
  `filled in ${((performance.now() - start) / 1000).toFixed(0)} s, ${((await stat(path)).size / 1e6).toFixed(0)} MB`,
);

const backend = await initBackend({
  threads: 1,
  workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url),
});
const predictor = createPredictor();
await predictor.swap({ name: "digits", version: VERSIONS }, templateModel(20));
const store = await openStoreThread({ path, clock, holdoutFraction: 0.2, workerUrl });
const { app, deps } = await createTestApp({ predictor, store, clock, monotonicMs: () => performance.now() });
const WINDOWED = ["/monitoring", "/api/v1/monitoring"];
const LEARNING = ["/learning", "/api/v1/learning", "/api/v1/learning/person?writer=writer+0"];
for (const target of [...WINDOWED, "/metrics", ...LEARNING]) {
  const windows = WINDOWED.includes(target)
    ? ["24h", "7d", "30d", "all"].map((window) => `?window=${window}`)
    : [""];
  for (const window of windows) {
    const times: number[] = [];
    for (let i = 0; i < REQUESTS; i++) {
      start = performance.now();
      const response = await app.request(`${target}${window}`);
      await response.text();
      if (response.status !== 200) throw new Error(`${target} answered ${response.status}`);
      times.push(performance.now() - start);
    }
    report(`GET ${target}${window}`, times);
  }
}

// With and without monitoring, one request of each in turn; the flush and the check run as in the server.
const silent = { ...deps.monitor, record: () => {} };
const { app: without } = await createTestApp({
  predictor,
  store,
  clock,
  monitor: silent,
  monotonicMs: () => performance.now(),
});
const bodies = checkDigits().map(({ pixels }) => JSON.stringify({ pixels: [...pixels] }));
const times: [number[], number[]] = [[], []];
const headers = { "content-type": "application/json" };
let flushedAt = performance.now();
for (let turn = 0; turn < TURNS; turn++) {
  // Alternating which of the two is first.
  for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
    start = performance.now();
    await (
      await [app, without][which]!.request("/api/v1/predict", {
        method: "POST",
        body: bodies[turn % 10]!,
        headers,
      })
    ).text();
    if (turn >= TURNS / 10) times[which].push(performance.now() - start);
  }
  if (performance.now() - flushedAt < 250) continue;
  await Promise.all([store.predictions.flush(), deps.monitor.flush()]);
  flushedAt = performance.now();
}
report("POST /predict with monitoring", times[0]);
report("POST /predict without it", times[1]);
console.log(`p50: ${((median(times[0]) / median(times[1]) - 1) * 100).toFixed(1)} % more`);
start = performance.now();
await store.samples.insert(newSample({ writer: "one more" }));
console.log(`one label stored in ${(performance.now() - start).toFixed(2)} ms`);
await predictor.close();
backend.dispose();
await store.close();
await rm(directory, { recursive: true, force: true });
