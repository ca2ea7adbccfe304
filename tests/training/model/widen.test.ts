import { expect, test } from "bun:test";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { UsageError } from "../../../src/lib/errors.ts";
import { never, untrained, withClasses, withSharedClasses } from "../../../src/training/model/widen.ts";
import { templateModel } from "../../support/models.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const INPUTS = 784;
const base = templateModel();

/** The column of an output and its bias, read by hand. */
function column(model: ModelArtifacts, name: string): number[] {
  const { classes } = model.userDefinedMetadata;
  const values = new Float32Array(model.weightData);
  const K = classes.length;
  const k = classes.indexOf(name);
  const kernel = Array.from({ length: INPUTS }, (_, i) => values[i * K + k]!);
  return [...kernel, values[INPUTS * K + k]!];
}

test("withClasses() keeps every column bit by bit under its name when classes are added and reordered", () => {
  const classes = ["x", ...DIGITS.toReversed(), "y"];
  const wide = withClasses(base, classes, untrained(5));
  for (const digit of DIGITS) expect(column(wide, digit)).toEqual(column(base, digit));
  expect(wide.userDefinedMetadata.classes).toEqual(classes);
  expect(wide.weightSpecs.map(({ shape }) => shape)).toEqual([[INPUTS, 12], [12]]);
  const { layers } = wide.modelTopology.config as { layers: { config: { units?: number } }[] };
  expect(layers.at(-1)!.config.units).toBe(12);
  expect(base.userDefinedMetadata.classes).toEqual(DIGITS);
});

test("withClasses() returns the model itself when it already has these classes", () => {
  expect(withClasses(base, DIGITS, never)).toBe(base);
});

test("withClasses() draws a new column by the seed and the class's name alone, within Glorot's limit", () => {
  const a = column(withClasses(base, [...DIGITS, "a"], untrained(5)), "a");
  expect(column(withClasses(base, [...DIGITS, "a"], untrained(5)), "a")).toEqual(a);
  expect(column(withClasses(base, [...DIGITS, "a"], untrained(6)), "a")).not.toEqual(a);
  expect(column(withClasses(base, [...DIGITS, "b"], untrained(5)), "b")).not.toEqual(a);
  const limit = Math.sqrt(6 / (INPUTS + 11));
  expect(Math.max(...a.map(Math.abs))).toBeLessThanOrEqual(limit);
  expect(Math.max(...a.map(Math.abs))).toBeGreaterThan(0.9 * limit);
  expect(a.at(-1)).toBe(0);
});

test("withClasses() refuses to remove a class from a model, names it and says what to do", () => {
  const narrower = () => withClasses(base, ["0", "1", "a"], never);
  expect(narrower).toThrow(UsageError);
  expect(narrower).toThrow(/does not have 2, 3, 4, 5, 6, 7, 8, 9\. .*tegaki init NAME --classes/);
});

test("withSharedClasses() keeps the outputs of the classes that both have, and drops the others and the calibration", () => {
  const rejection = { score: "energy" as const, threshold: 1, false_alarm_rate: 0.02 };
  const calibrated = {
    ...base,
    userDefinedMetadata: { ...base.userDefinedMetadata, calibration: { temperature: 2, rejection } },
  };
  const other = withSharedClasses(calibrated, ["7", "a", "0"], untrained(5));
  expect(other.userDefinedMetadata.classes).toEqual(["7", "a", "0"]);
  expect(other.userDefinedMetadata.calibration).toBeUndefined();
  expect(["7", "0"].map((name) => column(other, name))).toEqual(["7", "0"].map((name) => column(base, name)));
  expect(column(other, "a")).toEqual(column(withSharedClasses(base, ["b", "a", "c"], untrained(5)), "a"));
  expect(other.weightSpecs.map(({ shape }) => shape)).toEqual([[INPUTS, 3], [3]]);
});
