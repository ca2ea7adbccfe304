import { expect, test } from "bun:test";
import type { ImageSet } from "../../src/domain/image-set.ts";
import type { AppData } from "../../src/domain/samples/app-data.ts";
import { screenLabels } from "../../src/pipelines/screen/nodes.ts";
import type { Training } from "../../src/training/training.ts";
import { CLASSES, fakeTraining, modelOf } from "./fake-training.ts";

const PARAMS = {
  ...{ suspect_below: 0.02, min_suspects: 8, cell_share: 0.08, batch_share: 0.1, writer_share: 0.15 },
  ...{ writer_cap: 1, cap_from_writers: 5, near_duplicate: 1 },
};

/** `n` images whose first pixel is the digit that the model reads, and the labels. */
function written(readings: readonly number[], labels: readonly number[]): ImageSet {
  const images = new Uint8Array(labels.length * 784);
  readings.forEach((reading, i) => {
    images[i * 784] = reading;
  });
  return { rows: 28, cols: 28, images, labels: Uint8Array.from(labels) };
}

/** A model that reads the first pixel, and is sure of it. */
function reader(): { training: Training; asked: number[] } {
  const asked: number[] = [];
  const training: Training = {
    ...fakeTraining().training,
    async probabilities(model, { images, labels }) {
      asked.push(model.userDefinedMetadata.seed);
      const all = new Float32Array(labels.length * 10).fill(0.001);
      labels.forEach((_, i) => {
        all[i * 10 + images[i * 784]!] = 0.991;
      });
      return all;
    },
  };
  return { training, asked };
}

const context = { signal: new AbortController().signal, progress() {}, log() {} };
const digits = Array.from({ length: 100 }, (_, i) => i % 10);

function appData(train: ImageSet, change: Partial<AppData> = {}): AppData {
  return {
    train,
    holdout: written([], []),
    samples: {
      train: Array.from(train.labels, (_, i) => ({ id: `s${i}`, isScreened: false })),
      holdout: [],
      negatives: [],
    },
    ...change,
  };
}

test("screen_labels passes clean labels on, with a mark for each", async () => {
  const { training, asked } = reader();
  const app_data = appData(written(digits, digits));
  const inputs = { app_data, model: modelOf(2), classes: CLASSES, screening: PARAMS };
  const { screened_data, screening, label_marks } = await screenLabels(training)(inputs, context);
  expect(screened_data.train).toEqual(app_data.train);
  expect(screening.train).toMatchObject({ n: 100, suspect: 0, used: 100, reason: null });
  expect(label_marks.marks[3]).toEqual({
    id: "s3",
    label: "3",
    state: "passed",
    reading: "3",
    p: Math.fround(0.991),
  });
  expect(asked).toEqual([2]);
});

test("screen_labels sends suspect labels to review, and the next node gets the others in their order", async () => {
  const labels = digits.map((digit, i) => (i === 4 || i === 50 ? (digit + 1) % 10 : digit));
  const app_data = appData(written(digits, labels));
  const inputs = { app_data, model: modelOf(2), classes: CLASSES, screening: PARAMS };
  const { screened_data, screening, label_marks } = await screenLabels(reader().training)(inputs, context);
  expect(screened_data.train.labels).toEqual(Uint8Array.from(labels.filter((_, i) => i !== 4 && i !== 50)));
  expect(screened_data.samples?.train.map(({ id }) => id)).not.toContain("s4");
  expect(screened_data.samples?.leftOut).toEqual([
    { id: "s4", reason: "suspect" },
    { id: "s50", reason: "suspect" },
  ]);
  expect(screening.suspects.map(({ id, label, reading }) => [id, label, reading])).toEqual([
    ["s4", "5", "4"],
    ["s50", "1", "0"],
  ]);
  expect(label_marks.marks.filter(({ state }) => state === "suspect").map(({ id }) => id)).toEqual([
    "s4",
    "s50",
  ]);
});

test("screen_labels holds a batch whole: every label of it is marked, and its reason is in the report", async () => {
  const labels = digits.map((digit) => (digit === 7 ? 1 : digit));
  const inputs = {
    app_data: appData(written(digits, labels)),
    model: modelOf(2),
    classes: CLASSES,
    screening: PARAMS,
  };
  const { screening, label_marks } = await screenLabels(reader().training)(inputs, context);
  expect(screening.train.reason?.detail).toContain(
    '10 new drawings that the model reads as "7", 10 are labelled "1"',
  );
  expect(label_marks.marks.map(({ state }) => state)).toEqual(
    digits.map((digit) => (digit === 7 ? "suspect" : "held")),
  );
});

test("screen_labels screens nothing while there is no model", async () => {
  const wrong = appData(
    written(
      digits,
      digits.map((digit) => (digit + 1) % 10),
    ),
  );
  const { training, asked } = reader();
  const inputs = { app_data: wrong, model: null, classes: CLASSES, screening: PARAMS };
  const { screening } = await screenLabels(training)(inputs, context);
  expect(asked).toEqual([]);
  expect(screening).toMatchObject({ is_screened: false, train: { suspect: 0, used: 100 } });
});

test("screen_labels asks nothing about a class that the model does not know", async () => {
  const classes = [...CLASSES.slice(0, 9), "a"];
  const known = modelOf(2);
  const model = { ...known, userDefinedMetadata: { ...known.userDefinedMetadata, classes: CLASSES } };
  // The drawings of "a" are read as 3.
  const readings = digits.map((digit) => (digit === 9 ? 3 : digit));
  const inputs = { app_data: appData(written(readings, digits)), model, classes, screening: PARAMS };
  const { screening, label_marks } = await screenLabels(reader().training)(inputs, context);
  expect(screening.train).toMatchObject({ suspect: 0, reason: null });
  expect(label_marks.marks[9]).toEqual({ id: "s9", label: "a", state: "passed", reading: null, p: null });
});

test("screen_labels does not screen again what was confirmed, and screens nothing when it is turned off", async () => {
  const labels = digits.map((digit) => (digit === 7 ? 1 : digit));
  const app_data = appData(written(digits, labels));
  const confirmed = {
    ...app_data,
    samples: {
      ...app_data.samples!,
      train: app_data.samples!.train.map(({ id }) => ({ id, isScreened: true })),
    },
  };
  const inputs = { model: modelOf(2), classes: CLASSES };
  const first = await screenLabels(reader().training)(
    { ...inputs, app_data: confirmed, screening: PARAMS },
    context,
  );
  expect(first.screening.train).toMatchObject({ n: 0, suspect: 0, used: 100 });
  expect(first.label_marks.marks).toEqual([]);
  const off = await screenLabels(reader().training)({ ...inputs, app_data, screening: null }, context);
  expect(off).toMatchObject({ screened_data: app_data, label_marks: { marks: [] } });
});
