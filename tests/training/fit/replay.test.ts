import { describe, expect, test } from "bun:test";
import { type ImageSet, NO_CLASS } from "../../../src/domain/image-set.ts";
import { Features } from "../../../src/training/caches/features.ts";
import { packRow, unpackRow } from "../../../src/training/caches/sparse-row.ts";
import { drawReplayed, drawUnsure } from "../../../src/training/fit/replay.ts";

/** Rows of two classes, the first with probability `p`. */
const answersOf = (ps: readonly number[]) => Float32Array.from(ps.flatMap((p) => [p, 1 - p]));

/** The same draw, as it is defined: one image after the other, by its share of the weights that are left. */
function shareFirst(ps: readonly number[]): number[] {
  const weights = ps.map((p) => 1 - Math.max(p, 1 - p) + 0.01);
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

/** The chance of each image to be one of two drawn, from that definition. */
function shareOfTwo(ps: readonly number[]): number[] {
  const first = shareFirst(ps);
  return ps.map((_, i) =>
    first.reduce((sum, share, j) => {
      if (i === j) return sum + share;
      return sum + (share * first[i]!) / (1 - share);
    }, 0),
  );
}

describe("drawUnsure()", () => {
  test("draws each image as often as drawing one after the other by weight does, within 0.02 of 5,000 draws", () => {
    const ps = [1, 0.9, 0.5, 0.2, 0.99];
    const counts = ps.map(() => 0);
    for (let seed = 0; seed < 5_000; seed++) {
      for (const i of drawUnsure(answersOf(ps), new Uint8Array(5), 2, seed)) counts[i]!++;
    }
    const expected = shareOfTwo(ps);
    counts.forEach((count, i) => {
      expect(Math.abs(count / 5_000 - expected[i]!)).toBeLessThan(0.02);
    });
  });

  test("gives images of no class their share, however unsure the model is of them", () => {
    const labels = Uint8Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? NO_CLASS : 0));
    const answers = answersOf(Array.from(labels, (label) => (label === NO_CLASS ? 0.5 : 1)));
    for (const count of [0, 1, 50, 99, 100]) {
      const drawn = drawUnsure(answers, labels, count, 3);
      expect(new Set(drawn).size).toBe(count);
      expect(drawn.filter((i) => labels[i] === NO_CLASS).length).toBe(Math.round(count / 10));
    }
  });

  test("draws the same for the same seed, other images for another, and contains every smaller draw", () => {
    const answers = answersOf(Array.from({ length: 60 }, (_, i) => i / 60));
    const drawn = (count: number, seed: number) => drawUnsure(answers, new Uint8Array(60), count, seed);
    expect(drawn(20, 1)).toEqual(drawn(20, 1));
    expect(drawn(20, 1)).not.toEqual(drawn(20, 2));
    expect(drawn(20, 1).subarray(0, 7)).toEqual(drawn(7, 1));
  });

  test("draws everything when as many are wanted, and nothing from nothing", () => {
    expect([...drawUnsure(answersOf([0.5, 1, 0.7]), new Uint8Array(3), 3, 1)].sort()).toEqual([0, 1, 2]);
    expect(drawUnsure(new Float32Array(), new Uint8Array(), 0, 1).length).toBe(0);
  });
});

describe("drawReplayed()", () => {
  /** Image i has the one pixel i, the features [i, 0] and the answer i / 10. */
  const set: ImageSet = {
    rows: 1,
    cols: 1,
    images: Uint8Array.from({ length: 10 }, (_, i) => i),
    labels: Uint8Array.from({ length: 10 }, (_, i) => i % 2),
  };
  const model = {
    asked: 0,
    async featuresOf(some: ImageSet) {
      model.asked = some.labels.length;
      return new Features(
        [2],
        Array.from(some.images, (pixel) => packRow(Float32Array.of(pixel, 0))),
      );
    },
    async answersOf({ rows }: Features) {
      return answersOf(rows.map((row) => pixelOf(row) / 10));
    },
  };
  const pixelOf = (row: Uint8Array) => {
    const values = new Float32Array(2);
    unpackRow(row, 2, values, 0);
    return values[0]!;
  };

  for (const tuning_replay_choice of ["random", "unsure"] as const) {
    test(`returns each drawn image with its own features and answer (${tuning_replay_choice})`, async () => {
      const drawn = await drawReplayed(set, 6, { tuning_replay_choice, seed: 4 }, model);
      expect(new Set(drawn.set.images).size).toBe(6);
      expect(drawn.features.rows.map(pixelOf)).toEqual([...drawn.set.images]);
      expect(drawn.answers).toEqual(answersOf(Array.from(drawn.set.images, (pixel) => pixel / 10)));
      expect([...drawn.set.labels]).toEqual(Array.from(drawn.set.images, (pixel) => pixel % 2));
    });
  }

  test("reads only the drawn images when they are drawn at random", async () => {
    await drawReplayed(set, 6, { tuning_replay_choice: "random", seed: 4 }, model);
    expect(model.asked).toBe(6);
  });
});
