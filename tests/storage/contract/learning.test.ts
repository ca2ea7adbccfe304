import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { GateRecord } from "../../../src/domain/gate.ts";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import type { Store } from "../../../src/domain/store.ts";
import { FakeClock, newRun, newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const GATE: GateRecord = { passed: true, checks: [] };

/** Registers a version of a run with one drawing on each side. */
async function register(store: Store, runId: string | null, gate: GateRecord | null, hasData = true) {
  if (runId !== null) {
    await store.runs.create(newRun(runId));
    const item = (sampleId: string, side: "train" | "holdout") => ({
      ...{ sampleId, side, reason: null, label: "7", content: new Uint8Array(16) },
    });
    if (hasData) await store.lineage.putRunData(runId, [item("a", "train"), item("b", "holdout")]);
  }
  await store.models.create({
    ...{ name: "digits", key: `data/${runId}`, sha256: "ab".repeat(32), runId, parentVersion: null },
    ...{ metrics: NO_METRICS, gate, state: "candidate" },
  });
}

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("evaluated() returns versions with the gate's record and their drawings by side, newest first", async () => {
      const store = await open();
      await register(store, null, null);
      await register(store, "run-1", GATE);
      await register(store, "run-2", null);
      await register(store, "run-3", { ...GATE, passed: false }, false);
      const versions = await store.learning.evaluated(10);
      expect(versions).toEqual([
        {
          ...{ version: 4, runId: "run-3", createdAt: "2026-01-02T03:04:05.000Z", state: "candidate" },
          ...{ data: null, gate: { passed: false, checks: [] } },
        },
        {
          ...{ version: 2, runId: "run-1", createdAt: "2026-01-02T03:04:05.000Z", state: "candidate" },
          ...{ data: { train: 1, valid: 0, holdout: 1, left_out: 0 }, gate: GATE },
        },
      ]);
      expect((await store.learning.evaluated(1)).map(({ version }) => version)).toEqual([4]);
      await store.close();
    });

    test("person() returns the newest predictions of a writer in order, numbered among all labelled drawings", async () => {
      const clock = new FakeClock();
      const { samples, learning, close } = await open(clock);
      const draw = async (change: Parameters<typeof newSample>[0]) => {
        clock.timeMs += 1_000;
        return (await samples.insert(newSample({ writer: "ann", ...change }))).sample;
      };
      await draw({ label: "7", predicted: "7" });
      await draw({ label: "8", predicted: null, confidence: null, modelVersion: null });
      await draw({ label: "9", predicted: "4", writer: "bob" });
      await draw({ label: null, predicted: "1" });
      const rejected = await draw({ label: "3", predicted: "3" });
      await samples.update(rejected.id, { state: "rejected" }, LOCAL);
      await draw({ label: "1", predicted: "7" });
      const at = "2026-01-02T03:04:11.000Z";
      expect(await learning.person("ann", 100)).toEqual({
        ...{ total: 3, from: 1 },
        answers: [
          { number: 1, label: "7", predicted: "7", shown: null, at: "2026-01-02T03:04:06.000Z" },
          { number: 3, label: "1", predicted: "7", shown: null, at },
        ],
      });
      expect(await learning.person("ann", 2)).toEqual({
        ...{ total: 3, from: 2 },
        answers: [{ number: 3, label: "1", predicted: "7", shown: null, at }],
      });
      expect(await learning.person("nobody", 2)).toEqual({ total: 0, from: 1, answers: [] });
      await close();
    });

    test("person() returns no prediction of an imported drawing, which counts among all", async () => {
      const { samples, learning, close } = await open();
      await samples.insertMany([
        { ...newSample({ writer: "ann" }), id: "01900000-0000-7000-8000-000000000000" },
      ]);
      expect(await learning.person("ann", 10)).toMatchObject({ total: 1, answers: [] });
      await close();
    });
  });
}
