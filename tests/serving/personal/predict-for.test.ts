import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { checkDigits } from "../../../src/serving/check-digits.ts";
import { createPredictor, type Predictor } from "../../../src/serving/predictor.ts";
import { MEMORY_BLEND } from "../../../src/training/memory/blend.ts";
import { MemoryBank } from "../../../src/training/memory/memory-bank.ts";
import { templateModel } from "../../support/models.ts";

const DIGITS = checkDigits();
const SEVEN = DIGITS[7]!.pixels;
let backend: Backend;

beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

async function predictorOf(artifacts: ModelArtifacts): Promise<Predictor> {
  const predictor = createPredictor();
  await predictor.swap({ name: "digits", version: 1 }, artifacts);
  return predictor;
}

/** A memory in which the drawing of a seven is labelled as something else. */
async function memoryOf(predictor: Predictor, label: string) {
  const features = predictor.features()!;
  const bank = new MemoryBank(features.width, 10);
  const [row] = await features.of([SEVEN]);
  bank.add({ id: "a", label }, row!);
  return bank;
}

/** Flags every image. */
function flagging(artifacts: ModelArtifacts): ModelArtifacts {
  const rejection = { score: "max_probability", threshold: -2, false_alarm_rate: 0.02 } as const;
  return {
    ...artifacts,
    userDefinedMetadata: { ...artifacts.userDefinedMetadata, calibration: { temperature: 2, rejection } },
  };
}

describe("predictFor()", () => {
  test("adds the evidence in nats to log p, whatever the temperature, and names the model's answer", async () => {
    for (const artifacts of [templateModel(1), flagging(templateModel(1))]) {
      const predictor = await predictorOf(artifacts);
      const bank = await memoryOf(predictor, "3");
      const { prediction, shown, personal } = await predictor.predictFor(SEVEN, () => bank);
      const p = (probabilities: { label: string; p: number }[], label: string) =>
        probabilities.find((one) => one.label === label)!.p;
      const odds = (label: string) =>
        Math.log(p(shown.probabilities, label) / p(shown.probabilities, "7")) -
        Math.log(p(prediction.probabilities, label) / p(prediction.probabilities, "7"));
      expect(odds("3")).toBeCloseTo(MEMORY_BLEND.weight, 3);
      expect(odds("5")).toBeCloseTo(0, 3);
      expect(shown.probabilities.reduce((sum, one) => sum + one.p, 0)).toBeCloseTo(1, 5);
      expect(personal).toEqual({
        ...{ used: true, n: 1, changedFrom: "7" },
        spoke: [{ id: "a", label: "3", nats: MEMORY_BLEND.weight }],
      });
      expect(shown.label).toBe("3");
      await predictor.close();
    }
  });

  test("leaves the model's answer, and everybody else's in the same batch, as they are to the bit", async () => {
    const predictor = await predictorOf(templateModel(1));
    const alone = await Promise.all(DIGITS.map(({ pixels }) => predictor.predict(pixels)));
    const bank = await memoryOf(predictor, "3");
    const mixed = await Promise.all(
      DIGITS.map(({ pixels }, n) => predictor.predictFor(pixels, n % 2 === 0 ? () => null : () => bank)),
    );
    expect(mixed.map(({ prediction }) => prediction)).toEqual(alone);
    for (const [n, { shown, prediction, personal }] of mixed.entries()) {
      if (n % 2 === 0) expect(personal).toBeNull();
      if (n % 2 === 0) expect(shown).toBe(prediction);
    }
    await predictor.close();
  });

  test("says how many drawings it remembers when none is like this one, and shows the model's answer", async () => {
    const predictor = await predictorOf(templateModel(1));
    const bank = await memoryOf(predictor, "3");
    const blank = new Uint8Array(784);
    blank[0] = 255;
    const { prediction, shown, personal } = await predictor.predictFor(blank, () => bank);
    expect(shown).toBe(prediction);
    expect(personal).toEqual({ used: false, n: 1, changedFrom: null, spoke: [] });
    await predictor.close();
  });

  test("what the model flags stays flagged, unless the person has drawn the same before", async () => {
    const predictor = await predictorOf(flagging(templateModel(1)));
    const bank = await memoryOf(predictor, "7");
    const known = await predictor.predictFor(SEVEN, () => bank);
    expect([known.prediction.isOutlier, known.shown.isOutlier]).toEqual([true, false]);
    expect(known.shown.outlierScore).toBe(known.prediction.outlierScore);
    const nine = await predictor.predictFor(DIGITS[9]!.pixels, () => bank);
    expect([nine.prediction.isOutlier, nine.shown.isOutlier]).toEqual([true, true]);
    await predictor.close();
  });

  test("asks for the memory in the space of the model that is live when it computes", async () => {
    const predictor = await predictorOf(templateModel(1));
    const spaces: string[] = [];
    await predictor.predictFor(SEVEN, (space) => {
      spaces.push(space);
      return null;
    });
    expect(spaces).toEqual([predictor.features()!.space]);
    await predictor.close();
  });
});

describe("swap()", () => {
  test("prepares with the next model's features before it goes live, and commits as it does", async () => {
    const predictor = await predictorOf(templateModel(1));
    const seen: (number | undefined)[] = [];
    predictor.beforeSwap(async (next) => {
      expect(await next.of([SEVEN])).toHaveLength(1);
      seen.push(predictor.current()?.version);
      return () => void seen.push(predictor.current()?.version);
    });
    await predictor.swap({ name: "digits", version: 2 }, templateModel(2));
    expect(seen).toEqual([1, 2]);
    await predictor.close();
  });

  test("leaves the old model live when preparing fails", async () => {
    const predictor = await predictorOf(templateModel(1));
    predictor.beforeSwap(() => Promise.reject(new Error("no room")));
    await expect(predictor.swap({ name: "digits", version: 2 }, templateModel(2))).rejects.toThrow("no room");
    expect(predictor.current()?.version).toBe(1);
    expect((await predictor.predict(SEVEN)).label).toBe("7");
    await predictor.close();
  });

  test("features of more images than a batch holds are those of each alone", async () => {
    const predictor = await predictorOf(templateModel(1));
    const images = Array.from({ length: 37 }, (_, n) => DIGITS[n % 10]!.pixels);
    const rows = await predictor.features()!.of(images);
    for (const [n, image] of images.entries()) {
      expect(rows[n]!).toEqual((await predictor.features()!.of([image]))[0]!);
    }
    await predictor.close();
  });
});
