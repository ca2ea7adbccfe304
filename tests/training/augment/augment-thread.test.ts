import { afterEach, describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { AugmentThread } from "../../../src/training/augment/augment-thread.ts";
import { augmentHere, type EpochAugmentation } from "../../../src/training/augment/augmenter.ts";

const WORKER = new URL("../../../src/augment-worker.ts", import.meta.url);
const PARAMS = {
  ...{ rotate_deg: 8, shift_px: 1, scale: 0.1, shear: 0.1, elastic_px: 1, stroke_width: 0.5, noise: 0.3 },
  ...{ lines: 0.3, far: 0.2, edges: 0.2, blots: 0.2, margins: 0.2 },
};

let thread: AugmentThread | null = null;
afterEach(() => {
  thread?.close();
  thread = null;
});

function epochOf(epoch: number, rows = 28, cols = 28): EpochAugmentation {
  return { random: { seed: 7, forks: ["training", `epoch ${epoch}`] }, rows, cols, params: PARAMS };
}

function batchesOf(counts: readonly number[], pixels: number, seed: number): Uint8Array<ArrayBuffer>[] {
  const random = createRandom(seed);
  return counts.map((n) => Uint8Array.from({ length: n * pixels }, () => random.int(256)));
}

describe("AugmentThread", () => {
  for (const [rows, cols] of [
    [28, 28],
    [5, 9],
    [1, 1],
  ] as const) {
    test(`gives the images of augmentHere, bit by bit, over two epochs of uneven batches of ${rows} × ${cols}`, async () => {
      thread = new AugmentThread(WORKER);
      for (const epoch of [1, 2]) {
        const [here, there] = [augmentHere, thread].map((one) => one.epoch(epochOf(epoch, rows, cols)));
        const requests = () => batchesOf([3, 1, 128, 7], rows * cols, epoch);
        // All are requested before the first is there, as a training run does.
        const answers = await Promise.all(requests().map((images) => there!(images)));
        for (const [n, images] of requests().entries()) {
          const expected = await here!(images);
          expect(answers[n]!.length).toBe(images.length);
          expect(Buffer.from(answers[n]!.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
        }
      }
    });
  }

  test("an epoch that is left in its middle does not change the next one", async () => {
    thread = new AugmentThread(WORKER);
    const left = thread.epoch(epochOf(1));
    void left(batchesOf([4], 784, 1)[0]!);
    void left(batchesOf([4], 784, 2)[0]!);
    const answer = await thread.epoch(epochOf(2))(batchesOf([5], 784, 3)[0]!);
    expect(answer).toEqual(await augmentHere.epoch(epochOf(2))(batchesOf([5], 784, 3)[0]!));
  });

  test("rejects what is requested when it is closed, with the reason", async () => {
    thread = new AugmentThread(WORKER);
    const augment = thread.epoch(epochOf(1));
    const requested = augment(batchesOf([64], 784, 1)[0]!);
    thread.close();
    await expect(requested).rejects.toThrow("the training is over");
    await expect(augment(batchesOf([1], 784, 1)[0]!)).rejects.toThrow(
      "Cannot augment the next batch of images",
    );
  });

  test("rejects with the thread's own error", async () => {
    thread = new AugmentThread(new URL("no-such-worker.ts", import.meta.url));
    const augment = thread.epoch(epochOf(1));
    await expect(augment(batchesOf([1], 784, 1)[0]!)).rejects.toThrow(
      /on a separate thread: .*no-such-worker/s,
    );
  });
});
