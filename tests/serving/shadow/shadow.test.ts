import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { checkDigits } from "../../../src/serving/check-digits.ts";
import { createPredictor } from "../../../src/serving/predictor.ts";
import type { IdleTurns } from "../../../src/serving/shadow/idle-turns.ts";
import { observedPredictor } from "../../../src/serving/shadow/observed-predictor.ts";
import { createShadow } from "../../../src/serving/shadow/shadow.ts";
import { denseModel, templateModel } from "../../support/models.ts";

const DIGITS = checkDigits();
let backend: Backend;

beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

/** Idle turns that run when told to. */
class ManualTurns implements IdleTurns {
  readonly works: (() => void)[] = [];
  room = 2;
  answered = 0;

  begin(): void {}
  end(): void {
    this.answered++;
  }
  add(work: () => void): boolean {
    if (this.works.length >= this.room) return false;
    this.works.push(work);
    return true;
  }
  addUrgent(work: () => void): void {
    work();
  }
  waiting(): number {
    return this.works.length;
  }
  close(): void {
    this.works.length = 0;
  }
  run(): void {
    for (const work of this.works.splice(0)) work();
  }
}

async function served() {
  const predictor = createPredictor();
  await predictor.swap({ name: "digits", version: 1 }, templateModel());
  const turns = new ManualTurns();
  const shadow = createShadow({ predictor, idle: turns });
  return { predictor, turns, shadow, observed: observedPredictor(predictor, shadow) };
}

/** A less confident model. */
const otherModel = () => templateModel(5);

test("the shadow scores what was predicted, after the response, and counts what it drops", async () => {
  const { observed, turns, shadow, predictor } = await served();
  expect((await shadow.use([{ version: 2, artifacts: async () => otherModel() }])).size).toBe(0);
  for (const { pixels } of DIGITS.slice(0, 3)) await observed.predict(pixels);
  expect(shadow.counts()).toMatchObject({ scored: 0, dropped: 1, waiting: 2 });
  turns.run();
  expect(shadow.counts()).toMatchObject({ scored: 2, disagreed: 0, dropped: 1, waiting: 0 });
  expect(turns.answered).toBe(3);
  shadow.close();
  await predictor.close();
});

test("the shadow keeps nothing when no version is on trial", async () => {
  const { observed, turns, shadow, predictor } = await served();
  await observed.predict(DIGITS[0]!.pixels);
  expect(turns.works).toHaveLength(0);
  expect(shadow.counts()).toMatchObject({ scored: 0, dropped: 0, msPerDrawing: null });
  await predictor.close();
});

test("labels() has the class of each version, scored before or not", async () => {
  const { observed, turns, shadow, predictor } = await served();
  await shadow.use([{ version: 2, artifacts: async () => otherModel() }]);
  await observed.predict(DIGITS[4]!.pixels);
  turns.run();
  expect([...(await shadow.labels(DIGITS[4]!.pixels))].sort()).toEqual([
    [1, "4"],
    [2, "4"],
  ]);
  expect([...(await shadow.labels(DIGITS[7]!.pixels))].sort()).toEqual([
    [1, "7"],
    [2, "7"],
  ]);
  shadow.close();
  await predictor.close();
});

test("labels() scores a remembered drawing again for a version that was loaded since", async () => {
  const { observed, turns, shadow, predictor } = await served();
  await shadow.use([{ version: 2, artifacts: async () => otherModel() }]);
  await observed.predict(DIGITS[4]!.pixels);
  turns.run();
  await shadow.use([{ version: 3, artifacts: async () => otherModel() }]);
  const labels = await shadow.labels(DIGITS[4]!.pixels);
  expect(labels.get(3)).toBe("4");
  shadow.close();
  await predictor.close();
});

test("use() reports a version that cannot be loaded or fails the check digits, and keeps the others", async () => {
  const { shadow, predictor } = await served();
  const failed = await shadow.use([
    { version: 2, artifacts: async () => otherModel() },
    { version: 3, artifacts: () => Promise.reject(new Error("the file is gone")) },
    { version: 4, artifacts: async () => denseModel(new Float32Array(7840), new Float32Array(10)) },
  ]);
  expect([...failed.keys()]).toEqual([3, 4]);
  expect(String(failed.get(3))).toContain("the file is gone");
  expect([...(await shadow.labels(DIGITS[1]!.pixels)).keys()].sort()).toEqual([1, 2]);
  shadow.close();
  await predictor.close();
});

test("use() frees the memory of versions that are no longer on trial", async () => {
  const { shadow, predictor } = await served();
  const before = backend.tf.memory().numTensors;
  await shadow.use([{ version: 2, artifacts: async () => otherModel() }]);
  await shadow.use([]);
  expect(backend.tf.memory().numTensors).toBe(before);
  await predictor.close();
});

test("labels() refuses an image of another size, and everything once it is closed", async () => {
  const { shadow, predictor } = await served();
  expect(shadow.labels(new Uint8Array(3))).rejects.toThrow("expected 784 pixels, found 3");
  shadow.close();
  expect(shadow.labels(DIGITS[0]!.pixels)).rejects.toThrow("stopping");
  await predictor.close();
});
