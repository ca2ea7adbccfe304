import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { type Counts, countPrediction, noCounts } from "../../../src/domain/monitoring/counts.ts";
import { rangeOf } from "../../../src/domain/monitoring/windows.ts";
import { FakeClock, newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

/** Predictions of one class. */
function predictions(n: number, label = "7"): Counts {
  const counts = noCounts();
  for (let i = 0; i < n; i++)
    countPrediction(counts, { label, confidence: 0.5, isOutlier: i === 0 }, { ink: 0.1, slant: -7 });
  return counts;
}

const ALL = { span: "all", start: "" } as const;
const HOUR = "2026-01-02T03";

for (const { name, open, openAt } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("add() adds counts to their hour, day and version, and counts() returns those of a range", async () => {
      const { monitoring, close } = await open();
      await monitoring.add([{ hour: HOUR, modelVersion: 1, counts: predictions(3) }]);
      await monitoring.add([
        { hour: HOUR, modelVersion: 1, counts: predictions(2, "constructor") },
        { hour: "2026-01-02T02", modelVersion: 2, counts: predictions(1) },
      ]);
      const hours = await monitoring.counts({ span: "hour", start: HOUR });
      expect(hours.map(({ bucket, modelVersion }) => [bucket, modelVersion])).toEqual([[HOUR, 1]]);
      const { counts } = hours[0]!;
      expect([counts.n, counts.outliers, counts.confidenceSum]).toEqual([5, 2, 2.5]);
      expect([...counts.classes].sort()).toEqual([
        ["7", 3],
        ["constructor", 2],
      ]);
      expect(counts.histograms.ink.filter((n) => n > 0)).toEqual([5]);
      expect(counts.histograms.latency.every((n) => n === 0)).toBe(true);
      const days = await monitoring.counts({ span: "day", start: "2026-01-01" });
      expect(days.map(({ bucket, modelVersion, counts: { n } }) => [bucket, modelVersion, n])).toEqual([
        ["2026-01-02", 1, 5],
        ["2026-01-02", 2, 1],
      ]);
      expect((await monitoring.counts(ALL)).map(({ counts: { n } }) => n)).toEqual([5, 1]);
      await close();
    });

    test("prune() removes hours and days before these, and keeps what counts all time", async () => {
      const { monitoring, samples, close } = await open();
      const { sample } = await samples.insert(newSample());
      await monitoring.add([
        { hour: "2026-01-02T02", modelVersion: 1, counts: predictions(1) },
        { hour: HOUR, modelVersion: 1, counts: predictions(1) },
      ]);
      await monitoring.prune({ hour: HOUR, day: "2026-01-03" });
      const n = async (span: "hour" | "day" | "all") => (await monitoring.counts({ span, start: "" })).length;
      expect([await n("hour"), await n("day"), await n("all")]).toEqual([1, 0, 1]);
      await monitoring.prune({ hour: "2026-01-02T04", day: "2026-01-03" });
      expect(await monitoring.labels({ span: "hour", start: "" })).toEqual([]);
      // A label whose hour is no longer kept takes nothing from it.
      await samples.delete(sample.id, LOCAL);
      expect(await monitoring.labels({ span: "hour", start: "" })).toEqual([]);
      expect(await monitoring.labels(ALL)).toEqual([]);
      await close();
    });

    test("labels() counts labels for the version that predicted, in the hour in which they were stored", async () => {
      const clock = new FakeClock();
      const { monitoring, samples, close } = await open(clock);
      await samples.insert(newSample({ label: "7", predicted: "7", confidence: 0.75, modelVersion: 1 }));
      clock.timeMs += 3 * 3_600_000;
      await samples.insert(newSample({ label: "7", predicted: "7", confidence: 0.25, modelVersion: 1 }));
      await samples.insert(newSample({ label: "1", predicted: "7", confidence: 0.5, modelVersion: 2 }));
      await samples.insert(newSample({ label: "1", predicted: null, confidence: null, modelVersion: null }));
      await samples.insert(newSample({ label: null, predicted: "7" }));
      expect(await monitoring.labels(ALL)).toEqual([
        { modelVersion: 1, label: "7", predicted: "7", n: 2, confidenceSum: 1 },
        { modelVersion: 2, label: "1", predicted: "7", n: 1, confidenceSum: 0.5 },
      ]);
      expect(await monitoring.labelBuckets(rangeOf("24h", clock.now()))).toEqual([
        { bucket: "2026-01-02T03", n: 1, correct: 1 },
        { bucket: "2026-01-02T06", n: 2, correct: 1 },
      ]);
      await close();
    });

    test("labels() and writers() follow a label that is corrected, withdrawn or deleted", async () => {
      const { monitoring, samples, close } = await open();
      const { sample } = await samples.insert(newSample({ label: "7", predicted: "1", writer: "ann" }));
      await samples.insert(newSample({ label: "3", predicted: "3", writer: null }));
      const cells = async () =>
        (await monitoring.labels(ALL)).map(({ label, predicted, n }) => `${label}<-${predicted} ${n}`);
      expect(await cells()).toEqual(["3<-3 1", "7<-1 1"]);
      expect(await monitoring.writers(ALL, 10)).toEqual([
        { writer: null, n: 1, correct: 1 },
        { writer: "ann", n: 1, correct: 0 },
      ]);
      await samples.update(sample.id, { label: "1" }, LOCAL);
      expect(await cells()).toEqual(["1<-1 1", "3<-3 1"]);
      expect((await monitoring.writers(ALL, 10))[1]).toEqual({ writer: "ann", n: 1, correct: 1 });
      await samples.update(sample.id, { state: "rejected" }, LOCAL);
      expect(await cells()).toEqual(["3<-3 1"]);
      await samples.update(sample.id, { state: "labelled" }, LOCAL);
      expect(await cells()).toEqual(["1<-1 1", "3<-3 1"]);
      await samples.delete(sample.id, LOCAL);
      expect(await cells()).toEqual(["3<-3 1"]);
      expect(await monitoring.writers(ALL, 10)).toEqual([{ writer: null, n: 1, correct: 1 }]);
      await close();
    });

    test("labels() leaves out imported predictions, which may be those of another store's model", async () => {
      const { monitoring, samples, close } = await open();
      const id = "019b7e3a-0000-7000-8000-000000000001";
      await samples.insertMany([{ ...newSample(), id }]);
      expect((await samples.get(id))?.predicted).toBe("1");
      expect(await monitoring.labels(ALL)).toEqual([]);
      await samples.update(id, { label: "1" }, LOCAL);
      await samples.delete(id, LOCAL);
      expect(await monitoring.labels(ALL)).toEqual([]);
      await close();
    });

    test("a drift window collects counts of its version until it is closed, and is then a check", async () => {
      const clock = new FakeClock();
      const { monitoring, close } = await open(clock);
      expect(await monitoring.driftWindow(1)).toBeNull();
      await monitoring.add([{ hour: HOUR, modelVersion: 1, counts: predictions(3) }]);
      clock.timeMs += 60_000;
      await monitoring.add([
        { hour: HOUR, modelVersion: 1, counts: predictions(4) },
        { hour: HOUR, modelVersion: 2, counts: predictions(1) },
      ]);
      const window = (await monitoring.driftWindow(1))!;
      expect([window.openedAt, window.updatedAt, window.counts.n]).toEqual([
        "2026-01-02T03:04:05.000Z",
        "2026-01-02T03:05:05.000Z",
        7,
      ]);
      const divergences = [{ measure: "ink", psi: 0.5, js: 0.25, isBreach: true }] as const;
      await monitoring.closeDriftWindow(window.id, divergences);
      expect(await monitoring.driftWindow(1)).toBeNull();
      expect(await monitoring.driftChecks(1, 5)).toEqual([
        {
          id: window.id,
          modelVersion: 1,
          from: window.openedAt,
          to: window.updatedAt,
          n: 7,
          divergences: [...divergences],
        },
      ]);
      expect(await monitoring.driftChecks(2, 5)).toEqual([]);
      expect((await monitoring.driftWindow(2))?.counts.n).toBe(1);
      await close();
    });

    test("putReference() stores the reference of a version, or replaces it", async () => {
      const { monitoring, close } = await open();
      expect(await monitoring.reference(1)).toBeNull();
      const reference = {
        modelVersion: 1,
        source: "both",
        drawings: 2,
        builtIn: 3,
        counts: predictions(5),
        createdAt: "2026-01-02T03:04:05.000Z",
      } as const;
      await monitoring.putReference(reference);
      await monitoring.putReference({ ...reference, drawings: 1 });
      expect(await monitoring.reference(1)).toEqual({ ...reference, drawings: 1 });
      await close();
    });

    if (openAt !== undefined)
      test("counts outlive the process", async () => {
        const first = await openAt("monitoring");
        await first.monitoring.add([{ hour: HOUR, modelVersion: 1, counts: predictions(3) }]);
        await first.close();
        const again = await openAt("monitoring");
        expect((await again.monitoring.counts(ALL)).map(({ counts }) => counts.n)).toEqual([3]);
        await again.close();
      });
  });
}
