import type { AppData, ImageSet, MnistData, NodeContext } from "tegaki";

// Nodes are plain functions: values in, values out. The catalog loads the inputs and saves the outputs.

/** The number of images by label. */
export type Counts = Record<string, number>;

/** Counts MNIST's training images and this project's labelled drawings by digit. */
export function countDigits({ train }: MnistData, drawings: AppData, classes: string[]) {
  const drawn = [...drawings.train.labels, ...drawings.holdout.labels];
  return {
    // MNIST's labels are digits; the labels of drawings are indices in the list of classes.
    mnist: count([...train.labels].map(String), classes),
    drawings: count(
      drawn.map((index) => classes[index]!),
      classes,
    ),
  };
}

/**
 * Returns the mean share of each digit's pixels that are ink, in [0, 1]: an eight has more than a one.
 * `decimals` comes from conf/base/parameters.yml.
 */
export function measureInk(
  { test }: MnistData,
  classes: string[],
  decimals: number,
  context: NodeContext,
): Counts {
  const total: Counts = {};
  const images = count([...test.labels].map(String), classes);
  test.labels.forEach((digit, i) => {
    total[digit] = (total[digit] ?? 0) + inkOf(test, i);
    if (i % 2000 === 0) context.progress({ image: i, images: test.labels.length });
  });
  context.log(`measured ${test.labels.length} images`);
  const share = (label: string) => (total[label] ?? 0) / Math.max(1, images[label] ?? 0);
  return Object.fromEntries(classes.map((label) => [label, Number(share(label).toFixed(decimals))]));
}

/** Returns the content of data/08_reporting/example_report.json. */
export function writeReport({ counts, ink }: { counts: Record<string, Counts>; ink: Counts }) {
  const most = Object.entries(ink).sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
  return { images: counts, ink, most_ink: most };
}

function count(labels: string[], classes: string[]): Counts {
  const counts = Object.fromEntries(classes.map((label) => [label, 0]));
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Returns the share of ink in one image. Pixels are 0 (paper) to 255 (ink). */
function inkOf({ images, rows, cols }: ImageSet, index: number): number {
  const pixels = rows * cols;
  let sum = 0;
  for (let i = index * pixels; i < (index + 1) * pixels; i++) sum += images[i]!;
  return sum / (255 * pixels);
}
