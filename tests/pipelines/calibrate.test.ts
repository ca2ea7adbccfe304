import { describe, expect, test } from "bun:test";
import type { ImageSet } from "../../src/domain/image-set.ts";
import { calibrateModel, calibrationText } from "../../src/pipelines/calibrate.ts";
import { fakeTraining, imageSet, modelOf } from "./fake-training.ts";

const rejection = { score: "energy", false_alarm_rate: 0.02 } as const;
const augmentation = { rotate_deg: 0, shift_px: 3, scale: 0, shear: 0 };

function start(most?: number) {
  const { training, calls } = fakeTraining();
  const said: string[] = [];
  const context = {
    signal: new AbortController().signal,
    progress() {},
    log: (line: string) => said.push(line),
  };
  const node = calibrateModel(training, most === undefined ? {} : { most });
  return {
    said,
    calls,
    run: (inputs: Omit<Parameters<typeof node>[0], "rejection">) => node({ rejection, ...inputs }, context),
  };
}

describe("calibrateModel()", () => {
  test("calibrates on warped MNIST images and on unchanged drawings, and logs the result", async () => {
    const { said, calls, run } = start();
    const mnist = imageSet(30);
    const drawings = imageSet(5);
    const { model, calibration } = await run({ model: modelOf(1), mnist, drawings, augmentation, seed: 1 });
    const [, validation, negatives] = calls[0]!.args as [unknown, ImageSet, ImageSet | null];
    expect(validation.labels).toEqual(Uint8Array.from([...mnist.labels, ...drawings.labels]));
    expect(validation.images.subarray(0, 30 * 784)).not.toEqual(mnist.images);
    expect(validation.images.subarray(30 * 784)).toEqual(drawings.images);
    expect(negatives).toBeNull();
    expect(model.userDefinedMetadata.calibration).toMatchObject({ temperature: 1.5 });
    expect(calibration).toMatchObject({ n: 35, temperature: 1.5 });
    expect(said).toEqual([calibrationText(calibration!)]);
  });

  test("warps MNIST images without what only scans have: noise, lines, margins and far shifts", async () => {
    const { calls, run } = start();
    const mnist = imageSet(30);
    const damage = { noise: 1, lines: 1, far: 1, edges: 1, blots: 1, margins: 1 };
    await run({ model: modelOf(1), mnist, augmentation: { ...augmentation, shift_px: 0, ...damage } });
    const [, validation] = calls[0]!.args as [unknown, ImageSet];
    expect(validation.images).toEqual(mnist.images);
  });

  test("uses MNIST images up to its limit, and all drawings; evaluates negatives when there are some", async () => {
    const { calls, run } = start(10);
    await run({ model: modelOf(1), mnist: imageSet(30), drawings: imageSet(25), negatives: imageSet(3) });
    await run({ model: modelOf(1), mnist: imageSet(30), drawings: null, negatives: imageSet(0) });
    const counts = calls.map(({ args }) =>
      args.slice(1, 3).map((set) => (set as ImageSet | null)?.labels.length),
    );
    expect(counts).toEqual([
      [35, 3],
      [10, undefined],
    ]);
  });

  test("passes on the model without calibration, and logs it, when there is nothing to validate on", async () => {
    const { said, calls, run } = start();
    const { model: calibrated } = await run({ model: modelOf(1), mnist: imageSet(4) });
    const { model, calibration } = await run({ model: calibrated, mnist: null, drawings: imageSet(0) });
    expect(calls).toHaveLength(1);
    expect(model).toEqual(modelOf(1));
    expect(calibration).toBeNull();
    expect(said.at(-1)).toStartWith("Not calibrated: there are no validation images");
  });
});

test("calibrationText() is one line with temperature, error before and after, and threshold", () => {
  const found = {
    n: 6000,
    temperature: 1.123,
    rejection: { ...rejection, threshold: -5.019 },
    loss: { before: 0.03, after: 0.02 },
    ece: { before: 0.009, after: 0.0042 },
    auroc: null,
  };
  expect(calibrationText(found)).toBe(
    "Temperature 1.12 on 6000 images: expected calibration error 0.9 % -> 0.4 %; images with energy above -5.02 are flagged (2.0 % of these images)",
  );
  expect(calibrationText({ ...found, auroc: 0.9512 })).toEndWith(
    "; area under ROC on images of no class 0.951",
  );
});
