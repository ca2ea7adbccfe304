import { expect, test } from "bun:test";
import { NO_CLASS } from "../../src/domain/image-set.ts";
import { drawSynthetic } from "../../src/pipelines/de/nodes.ts";
import { take } from "../../src/pipelines/image-sets.ts";
import { redrawn } from "../../src/synthesis/redraw.ts";
import { syntheticDigits } from "../../src/synthesis/synthetic-set.ts";

const DIGITS = Array.from("0123456789");
const train = syntheticDigits(20, DIGITS, 9);

function draw(synthesis: { digits: number; redrawn?: number; negatives: number }, classes = DIGITS) {
  return drawSynthetic({ train, classes, synthesis, validation_split: 0.2, seed: 1 });
}

test("drawSynthetic() ends the training digits with the first images of MNIST, redrawn, and validates on none of them", () => {
  const plain = draw({ digits: 30, negatives: 10 });
  const more = draw({ digits: 30, redrawn: 7, negatives: 10 });
  const first = redrawn(take(train, Uint32Array.from([0, 1, 2, 3, 4, 5, 6])));
  expect(more.synthetic.labels).toEqual(Uint8Array.from([...plain.synthetic.labels, ...first.labels]));
  expect(more.synthetic.images.subarray(plain.synthetic.images.length)).toEqual(first.images);
  expect(more.synthetic_valid).toEqual(plain.synthetic_valid);
  expect(plain.synthetic.labels.length).toBe(24);
  expect([more.negatives.labels.length, more.negatives_valid!.labels.length]).toEqual([8, 2]);
  expect(more.negatives.labels.every((label) => label === NO_CLASS)).toBe(true);
});

test("drawSynthetic() redraws at most all images, and none where MNIST has none", () => {
  expect(draw({ digits: 0, redrawn: 100, negatives: 0 }).synthetic.labels).toEqual(train.labels);
  const none = { train: take(train, new Uint32Array()), classes: ["a", "b"], validation_split: 0.2, seed: 1 };
  const { synthetic, negatives } = drawSynthetic({
    ...none,
    synthesis: { digits: 10, redrawn: 10, negatives: 10 },
  });
  expect([synthetic.labels.length, negatives.labels.length]).toEqual([0, 0]);
});
