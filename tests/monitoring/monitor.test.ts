import { expect, test } from "bun:test";
import type { DriftState } from "../../src/domain/monitoring/drift.ts";
import { BusyError } from "../../src/lib/errors.ts";
import { createMonitor, type Monitor } from "../../src/monitoring/monitor.ts";
import { countReference } from "../../src/monitoring/reference.ts";
import { checkDigits } from "../../src/serving/check-digits.ts";
import { FakeClock, memoryStore, newSample } from "../storage/helpers.ts";
import { FakePredictor } from "../support/fake-predictor.ts";

const DIGITS = checkDigits().map(({ pixels }) => pixels);
const MINUTE_MS = 60_000;

async function setUp(minPredictions = 20) {
  const clock = new FakeClock();
  const store = await memoryStore(clock);
  const predictor = new FakePredictor();
  const alarms: DriftState[] = [];
  let references = 0;
  const monitor = createMonitor({
    store: store.monitoring,
    clock,
    config: () => ({
      keepHours: 192,
      keepDays: 400,
      drift: { psi: 0.25, js: 0.04, minPredictions, minSeconds: 60 },
    }),
    liveVersion: () => predictor.current()?.version ?? null,
    predict: (pixels) => predictor.predict(pixels),
    async referenceImages() {
      references += 1;
      return {
        source: "built_in",
        drawings: 0,
        builtIn: 10 * DIGITS.length,
        scans: [],
        images: Array.from({ length: 10 }, () => DIGITS).flat(),
      };
    },
    pause: async () => true,
    rest: async () => true,
  });
  monitor.onDrift((state) => alarms.push(state));
  return { clock, store, predictor, monitor, alarms, references: () => references };
}

function record(
  monitor: Monitor,
  pixels: Uint8Array,
  change: { modelVersion?: number; label?: string } = {},
) {
  const probabilities = [{ p: 0.91 }, ...Array.from({ length: 9 }, () => ({ p: 0.01 }))];
  monitor.record({
    pixels,
    label: "7",
    confidence: 0.91,
    probabilities,
    outlierScore: -9,
    isOutlier: false,
    modelVersion: 1,
    latencyMs: 1.2,
    ...change,
  });
}

test("flush() stores what was recorded, by hour and version; before it, nothing is stored", async () => {
  const { monitor, clock } = await setUp();
  record(monitor, DIGITS[1]!);
  clock.timeMs += 60 * MINUTE_MS;
  record(monitor, DIGITS[1]!, { modelVersion: 2 });
  monitor.recordTrial({ modelVersion: 2, isSame: false });
  monitor.recordTrial({ modelVersion: 2, isSame: true });
  expect((await monitor.overview("24h")).counts.n).toBe(0);
  await monitor.flush();
  const { counts, versions, points, expectedAccuracy, disagreement } = await monitor.overview("24h");
  expect([counts.n, expectedAccuracy]).toEqual([2, 0.91]);
  expect(counts.histograms.entropy.reduce((a, b) => a + b)).toBe(2);
  expect(versions.map(({ modelVersion, n }) => [modelVersion, n])).toEqual([
    [2, 1],
    [1, 1],
  ]);
  expect(disagreement).toMatchObject({ n: 2, share: 0.5 });
  expect(points).toHaveLength(24);
  expect(points.slice(-2).map(({ at, predictions }) => [at, predictions])).toEqual([
    ["2026-01-02T03:00:00.000Z", 1],
    ["2026-01-02T04:00:00.000Z", 1],
  ]);
  expect((await monitor.overview("30d")).points).toHaveLength(30);
  expect((await monitor.overview("7d")).points).toHaveLength(7);
  expect((await monitor.overview("all")).counts.n).toBe(2);
});

test("flush() keeps the counts when the store fails, and stores them once it works", async () => {
  const { monitor, store } = await setUp();
  const add = store.monitoring.add.bind(store.monitoring);
  record(monitor, DIGITS[1]!);
  store.monitoring.add = () => Promise.reject(new Error("the disk is full"));
  await expect(monitor.flush()).rejects.toThrow("the disk is full");
  record(monitor, DIGITS[2]!);
  store.monitoring.add = add;
  await monitor.flush();
  await monitor.flush();
  expect((await monitor.overview("24h")).counts.n).toBe(2);
});

test("check() raises one alarm after two breaches in a row, on separate predictions, and ends it", async () => {
  const { monitor, clock, alarms, references } = await setUp();
  const turn = async (images: readonly Uint8Array[]) => {
    for (const pixels of images) record(monitor, pixels);
    await monitor.flush();
    clock.timeMs += 2 * MINUTE_MS;
    await monitor.check();
    return monitor.driftState();
  };
  const ones = Array.from({ length: 40 }, () => DIGITS[1]!);
  const all = Array.from({ length: 4 }, () => DIGITS).flat();
  expect(await monitor.driftState()).toBeNull();
  expect((await turn(ones))?.isDetected).toBe(false);
  expect(alarms).toEqual([]);
  const drifted = await turn(ones);
  expect(drifted).toMatchObject({ isDetected: true, modelVersion: 1 });
  expect(drifted!.measures).toContain("ink");
  expect(alarms).toEqual([drifted!]);
  await turn(ones);
  expect(alarms).toHaveLength(1);
  expect((await turn(all))?.isDetected).toBe(false);
  expect(references()).toBe(1);
});

test("a reference is counted in full although the predictor was busy, and ends when the server stops", async () => {
  let asked = 0;
  let rests = 0;
  const predict = async (pixels: Uint8Array) => {
    asked += 1;
    if (asked % 3 === 2) throw new BusyError("The server is busy");
    return new FakePredictor().predict(pixels);
  };
  const pause = async () => true;
  const images = { images: DIGITS, scans: [] };
  const counts = await countReference(1, images, {
    ...{ predict, pause },
    rest: async () => {
      rests += 1;
      return true;
    },
  });
  expect([counts?.n, rests]).toEqual([DIGITS.length, asked - DIGITS.length]);
  expect(rests).toBeGreaterThan(0);
  const busy = async () => {
    throw new BusyError("The server is busy");
  };
  expect(await countReference(1, images, { predict: busy, pause, rest: async () => false })).toBeNull();
});

test("check() compares nothing with too few predictions, or too early, or without a model", async () => {
  const { monitor, clock, predictor } = await setUp(20);
  for (let i = 0; i < 19; i++) record(monitor, DIGITS[1]!);
  await monitor.flush();
  clock.timeMs += 2 * MINUTE_MS;
  await monitor.check();
  expect(await monitor.driftState()).toBeNull();
  expect((await monitor.overview("24h")).unchecked).toBe(19);
  record(monitor, DIGITS[1]!);
  await monitor.flush();
  predictor.model = null;
  await monitor.check();
  expect(await monitor.driftState()).toBeNull();
  predictor.model = { name: "digits", version: 1 };
  await monitor.check();
  expect((await monitor.driftState())?.lastCheck.n).toBe(20);
});

test("countReference() measures ink and stroke width of rendered images, and not of scans", async () => {
  const predict = (pixels: Uint8Array) => new FakePredictor().predict(pixels);
  const images = { images: DIGITS.slice(0, 3), scans: DIGITS.slice(3) };
  const counts = await countReference(1, images, {
    predict,
    pause: async () => true,
    rest: async () => true,
  });
  const sum = (measure: "ink" | "stroke_width" | "slant") =>
    counts!.histograms[measure].reduce((a, b) => a + b);
  expect([counts!.n, sum("ink"), sum("stroke_width"), sum("slant")]).toEqual([10, 3, 3, 10]);
  expect(
    await countReference(1, images, { predict, pause: async () => false, rest: async () => true }),
  ).toBeNull();
});

test("check() stores no reference when another version goes live meanwhile", async () => {
  const { monitor, store, predictor, clock } = await setUp();
  const predict = predictor.predict.bind(predictor);
  predictor.predict = async (pixels) => {
    const prediction = await predict(pixels);
    return { ...prediction, model: { name: "digits", version: 2 } };
  };
  clock.timeMs += 2 * MINUTE_MS;
  await monitor.check();
  expect(await store.monitoring.reference(1)).toBeNull();
});

test("overview() reports accuracy of labelled drawings by class, version and writer, with what the model expected", async () => {
  const { monitor, store } = await setUp();
  for (let i = 0; i < 8; i++)
    await store.samples.insert(newSample({ label: "7", predicted: "7", writer: "ann" }));
  await store.samples.insert(newSample({ label: "1", predicted: "7", writer: "ann" }));
  await store.samples.insert(newSample({ label: "1", predicted: "1", modelVersion: 3 }));
  const { accuracy, expectedAccuracy } = await monitor.overview("24h");
  expect(accuracy.all).toMatchObject({ n: 10, share: 0.9 });
  expect(accuracy.confidence).toBeCloseTo(0.625, 9);
  expect(expectedAccuracy).toBeNull();
  const shares = (list: { key: unknown; accuracy: { n: number; share: number | null } }[]) =>
    list.map(({ key, accuracy: { n, share } }) => [key, n, share]);
  expect(shares(accuracy.classes)).toEqual([
    ["1", 2, 0.5],
    ["7", 8, 1],
  ]);
  expect(shares(accuracy.versions)).toEqual([
    [3, 1, 1],
    [1, 9, 8 / 9],
  ]);
  expect(shares(accuracy.writers)).toEqual([
    ["ann", 9, 8 / 9],
    [null, 1, 1],
  ]);
});
