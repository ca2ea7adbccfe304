import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { UsageError } from "../../lib/errors.ts";
import { createRandom } from "../../lib/random.ts";
import { ModelLoadError } from "../errors.ts";

/** The weights of one output: its column of the last kernel, [inputs], and its bias. */
interface OutputColumn {
  kernel: Float32Array;
  bias: number;
}

/** Returns the weights of a new output. @param inputs of the last layer. @param K total number of outputs. */
export type NewColumn = (name: string, inputs: number, K: number) => OutputColumn;

/**
 * Initial weights of a class that is to be learned: a Glorot uniform column and no bias, as in a new layer. They
 * depend only on the seed and the class's name, not on the other classes.
 */
export function untrained(seed: number): NewColumn {
  return (name, inputs, K) => {
    const random = createRandom(seed).fork(`class ${name}`);
    const limit = Math.sqrt(6 / (inputs + K));
    return { kernel: Float32Array.from({ length: inputs }, () => (2 * random.next() - 1) * limit), bias: 0 };
  };
}

/** An output that never wins: about 10⁻²² of the others' probability. For evaluating a model on unknown classes. */
export const never: NewColumn = (_, inputs) => ({ kernel: new Float32Array(inputs), bias: -50 });

/**
 * Returns the model with its outputs in the order of `classes`. Existing weights are mapped by name and preserved bit
 * by bit: the layers, and each output's column of the last one. `column` provides the missing outputs.
 *
 * @param model not changed; it is returned itself when nothing changes.
 * @throws {UsageError} when the model has a class that `classes` does not have.
 * @throws {ModelLoadError} when its last layer does not have one output per class.
 */
export function withClasses(
  model: ModelArtifacts,
  classes: readonly string[],
  column: NewColumn,
): ModelArtifacts {
  const known = model.userDefinedMetadata.classes;
  requireAll(known, classes);
  if (known.length === classes.length && known.every((name, k) => name === classes[k])) return model;
  return withOutputs(model, classes, column, known);
}

/**
 * Returns a model of `classes` to be trained further: with the layers of this one, and the outputs of the classes that
 * both have. `column` provides the others. Its calibration is left out, because it is of other outputs.
 *
 * @param model not changed.
 * @throws {ModelLoadError} when its last layer does not have one output per class.
 */
export function withSharedClasses(
  model: ModelArtifacts,
  classes: readonly string[],
  column: NewColumn,
): ModelArtifacts {
  const shared = model.userDefinedMetadata.classes.filter((name) => classes.includes(name));
  const { userDefinedMetadata, ...rest } = withOutputs(model, classes, column, shared);
  const { calibration: _, ...metadata } = userDefinedMetadata;
  return { ...rest, userDefinedMetadata: metadata };
}

/** @param kept the classes whose outputs keep their weights. */
function withOutputs(
  model: ModelArtifacts,
  classes: readonly string[],
  column: NewColumn,
  kept: readonly string[],
): ModelArtifacts {
  const known = model.userDefinedMetadata.classes;
  const { specs, values, kernelAt, inputs } = lastLayer(model);
  const K = classes.length;
  const weights = new Float32Array(kernelAt + inputs * K + K);
  weights.set(values.subarray(0, kernelAt));
  const biasAt = kernelAt + inputs * K;
  classes.forEach((name, k) => {
    const { kernel, bias } = kept.includes(name)
      ? columnOf(values, kernelAt, inputs, known.length, known.indexOf(name))
      : column(name, inputs, K);
    for (let i = 0; i < inputs; i++) weights[kernelAt + i * K + k] = kernel[i]!;
    weights[biasAt + k] = bias;
  });
  return {
    ...model,
    modelTopology: withUnits(model.modelTopology, K),
    weightSpecs: [
      ...model.weightSpecs.slice(0, -2),
      { ...specs.kernel, shape: [inputs, K] },
      { ...specs.bias, shape: [K] },
    ],
    weightData: weights.buffer,
    userDefinedMetadata: { ...structuredClone(model.userDefinedMetadata), classes: [...classes] },
  };
}

function requireAll(known: readonly string[], classes: readonly string[]): void {
  const gone = known.filter((name) => !classes.includes(name));
  if (gone.length === 0) return;
  throw new UsageError(
    `The model knows the classes ${known.join(", ")}, and "classes" in parameters.yml does not have ${gone.join(", ")}. ` +
      "A class cannot be removed from a model. List it again, or create a separate project with tegaki init NAME --classes",
  );
}

/** Finds where the kernel and the bias of the outputs start; they are the last two weights. */
function lastLayer({ weightSpecs, weightData, userDefinedMetadata: { classes } }: ModelArtifacts) {
  const [kernel, bias] = weightSpecs.slice(-2);
  const [inputs = 0, outputs] = kernel?.shape ?? [];
  const isFitting = kernel?.shape.length === 2 && outputs === classes.length && bias?.shape[0] === outputs;
  if (!isFitting) {
    throw new ModelLoadError(
      `Cannot change the classes of the model: its last layer is not Dense with ${classes.length} outputs`,
    );
  }
  const values = new Float32Array(weightData);
  const kernelAt = values.length - (inputs + 1) * classes.length;
  return { specs: { kernel, bias }, values, kernelAt, inputs };
}

function columnOf(
  values: Float32Array,
  kernelAt: number,
  inputs: number,
  K: number,
  k: number,
): OutputColumn {
  const kernel = Float32Array.from({ length: inputs }, (_, i) => values[kernelAt + i * K + k]!);
  return { kernel, bias: values[kernelAt + inputs * K + k]! };
}

/** The topology with another number of outputs; everything else is unchanged. */
function withUnits(topology: Record<string, unknown>, units: number): Record<string, unknown> {
  const copy = structuredClone(topology) as { config?: { layers?: { config?: Record<string, unknown> }[] } };
  const last = copy.config?.layers?.at(-1)?.config;
  if (last === undefined)
    throw new ModelLoadError("Cannot change the classes of the model: it has no layers");
  last.units = units;
  return copy;
}
