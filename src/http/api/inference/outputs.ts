import { InputError } from "../../../lib/errors.ts";
import { shortened } from "../../../lib/shortened.ts";
import type { Prediction } from "../../../serving/prediction.ts";

/** A tensor of a response. */
export interface OutputTensor {
  name: string;
  shape: number[];
  datatype: string;
  /** Row-major. */
  data: (number | string | boolean)[];
}

/** The outputs of the model, in the protocol's types; K is the number of classes. */
const OUTPUTS = {
  probabilities: { datatype: "FP32", valuesOf: probabilitiesOf },
  label: { datatype: "BYTES", valuesOf: ({ label }: Prediction) => [label] },
  confidence: { datatype: "FP32", valuesOf: ({ confidence }: Prediction) => [confidence] },
  is_outlier: { datatype: "BOOL", valuesOf: ({ isOutlier }: Prediction) => [isOutlier] },
} as const;
type OutputName = keyof typeof OUTPUTS;
/** The names of all outputs. */
export const OUTPUT_NAMES = Object.keys(OUTPUTS) as OutputName[];

/** Describes the outputs. @param K the number of classes. */
export function describeOutputs(K: number): { name: string; datatype: string; shape: number[] }[] {
  return OUTPUT_NAMES.map((name) => ({
    name,
    datatype: OUTPUTS[name].datatype,
    shape: name === "probabilities" ? [-1, K] : [-1],
  }));
}

/**
 * Returns the requested outputs, all of them by default.
 * @param classes the order of the probabilities.
 */
export function outputsOf(
  predictions: readonly Prediction[],
  classes: readonly string[],
  names: readonly OutputName[],
): OutputTensor[] {
  return names.map((name) => ({
    name,
    shape: name === "probabilities" ? [predictions.length, classes.length] : [predictions.length],
    datatype: OUTPUTS[name].datatype,
    data: predictions.flatMap((prediction) => [...OUTPUTS[name].valuesOf(prediction, classes)]),
  }));
}

/** @throws {InputError} for an output that the model does not have. */
export function requestedOutputs(requested: readonly { name: string }[] | undefined): readonly OutputName[] {
  if (requested === undefined || requested.length === 0) return OUTPUT_NAMES;
  return requested.map(({ name }, i) => {
    const known = OUTPUT_NAMES.find((one) => one === name);
    if (known !== undefined) return known;
    throw new InputError(
      `outputs[${i}].name: expected one of ${OUTPUT_NAMES.join(", ")}, found "${shortened(name, 40)}"`,
    );
  });
}

function probabilitiesOf({ probabilities }: Prediction, classes: readonly string[]): number[] {
  const byLabel = new Map(probabilities.map(({ label, p }) => [label, p]));
  return classes.map((label) => byLabel.get(label) ?? 0);
}
