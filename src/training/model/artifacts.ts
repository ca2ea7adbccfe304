import { MAX_CLASSES } from "../../domain/classes.ts";
import {
  type ModelArtifacts,
  type ModelCalibration,
  type ModelMetadata,
  OUTLIER_SCORES,
} from "../../domain/model-artifacts.ts";
import * as tf from "../../kernels/tf.ts";
import { ModelLoadError } from "../errors.ts";
import { type LayerShape, layerShapes, type NetworkSpec, type WeightShape } from "./layer-spec.ts";
import { createModel } from "./layers-model.ts";
import { MAX_SIDE_PX, readTopology } from "./topology.ts";
import { setWeights, weightsIn, weightsOf } from "./weights.ts";

export { ModelLoadError };

/** Values between two layers, for one image: 16 MiB, forty times those of the base model. */
const MAX_ACTIVATIONS = 4 * 1024 * 1024;

/** Returns the model as plain data; the model remains usable. */
export function toArtifacts(model: tf.Sequential, metadata: ModelMetadata): ModelArtifacts {
  return {
    format: "layers-model",
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
    modelTopology: model.toJSON(null, false) as Record<string, unknown>,
    weightSpecs: weightsIn(model).map((weight) => ({
      name: weight.originalName,
      shape: weight.shape.map(Number),
      dtype: "float32",
    })),
    weightData: weightsOf(model).buffer,
    userDefinedMetadata: structuredClone(metadata),
  };
}

/**
 * Creates a model from artifacts of any origin. Nothing in them is trusted: before anything is allocated, layers,
 * options and sizes are checked against a short list of known ones, and the weights' shapes against the layers; only
 * checked values are used.
 *
 * @returns a model that owns its weights: dispose of it.
 * @throws {ModelLoadError} with the reason. No tensor is then left in memory.
 */
export function fromArtifacts(artifacts: ModelArtifacts): tf.Sequential {
  const network = checkArtifacts(artifacts);
  const model = createModel(network, null);
  setWeights(model, new Float32Array(artifacts.weightData));
  return model;
}

/**
 * Performs all checks of `fromArtifacts`, without creating the model.
 *
 * @returns the network that the artifacts describe.
 * @throws {ModelLoadError} with the reason.
 */
export function checkArtifacts(artifacts: ModelArtifacts): NetworkSpec {
  const { network, shapes } = checkShapes(artifacts);
  checkWeightData(
    artifacts,
    shapes.flatMap(({ weights }) => weights),
  );
  return network;
}

/**
 * Performs the checks of `fromArtifacts` that need no weights: layers, classes, and the shapes and types of the weights.
 *
 * @throws {ModelLoadError} with the reason.
 */
export function checkShapes(artifacts: Omit<ModelArtifacts, "weightData">): {
  network: NetworkSpec;
  shapes: LayerShape[];
} {
  if (typeof artifacts !== "object" || artifacts === null || artifacts.format !== "layers-model") {
    fail(`expected the format "layers-model", found ${JSON.stringify(artifacts?.format) ?? "nothing"}`);
  }
  checkMetadata(artifacts.userDefinedMetadata);
  const network = readTopology(artifacts.modelTopology);
  const { classes, rows, cols } = artifacts.userDefinedMetadata;
  if (network.rows !== rows || network.cols !== cols) {
    fail(`its input is ${network.rows}x${network.cols} px, but its metadata says ${rows}x${cols}`);
  }
  const last = network.layers.at(-1)!;
  if (last.type !== "Dense" || last.activation !== "softmax") {
    fail(`its last layer is ${last.type}, expected Dense with softmax`);
  }
  if (last.units !== classes.length) {
    fail(`it has ${last.units} outputs for ${classes.length} classes`);
  }
  const shapes = shapesOf(network);
  const largest = Math.max(...shapes.map(({ output }) => product(output)));
  if (largest > MAX_ACTIVATIONS) {
    fail(`a layer gives ${largest} values for each image, at most ${MAX_ACTIVATIONS} are allowed`);
  }
  checkWeightSpecs(
    artifacts,
    shapes.flatMap(({ weights }) => weights),
  );
  return { network, shapes };
}

function checkMetadata(metadata: ModelMetadata): void {
  if (typeof metadata !== "object" || metadata === null) fail("it has no metadata");
  const { classes, rows, cols } = metadata;
  const areLabels = Array.isArray(classes) && classes.every((label) => typeof label === "string");
  if (!areLabels || classes.length < 2 || classes.length > MAX_CLASSES) {
    fail(`its metadata must list 2 to ${MAX_CLASSES} class names`);
  }
  if (new Set(classes).size !== classes.length) fail("its metadata lists a class twice");
  for (const side of [rows, cols]) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE_PX) {
      fail(`its metadata says ${rows}x${cols} px, expected sides from 1 to ${MAX_SIDE_PX}`);
    }
  }
  if (metadata.calibration !== undefined) checkCalibration(metadata.calibration);
}

function checkCalibration(calibration: ModelCalibration): void {
  const { temperature, rejection } = calibration ?? {};
  if (!Number.isFinite(temperature) || temperature <= 0) {
    fail(`its temperature must be a number above 0, found ${temperature}`);
  }
  if (!OUTLIER_SCORES.includes(rejection?.score)) {
    fail(`its outlier score must be one of ${OUTLIER_SCORES.join(", ")}, found ${rejection?.score}`);
  }
  if (!Number.isFinite(rejection.threshold)) {
    fail(`its rejection threshold must be a number, found ${rejection.threshold}`);
  }
}

function checkWeightSpecs(
  { weightSpecs }: Pick<ModelArtifacts, "weightSpecs">,
  expected: WeightShape[],
): void {
  if (!Array.isArray(weightSpecs) || weightSpecs.length !== expected.length) {
    fail(`expected ${expected.length} weights, found ${weightSpecs?.length ?? "none"}`);
  }
  expected.forEach(({ name, shape }, i) => {
    const found = weightSpecs[i]!;
    if (found?.name !== name || String(found.shape) !== String(shape) || found.dtype !== "float32") {
      fail(
        `weight ${i} must be ${name} [${shape}] float32, found ${found?.name} [${found?.shape}] ${found?.dtype}`,
      );
    }
  });
}

function checkWeightData({ weightData }: ModelArtifacts, expected: WeightShape[]): void {
  if (!(weightData instanceof ArrayBuffer)) fail("its weights are not bytes");
  const bytes = 4 * expected.reduce((total, { shape }) => total + product(shape), 0);
  if (weightData.byteLength !== bytes) {
    fail(`its layers need ${bytes} bytes of weights, found ${weightData.byteLength}`);
  }
  const values = new Float32Array(weightData);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) fail(`its weights are damaged: value ${i} is not a finite number`);
  }
}

function shapesOf(network: NetworkSpec) {
  try {
    return layerShapes(network);
  } catch (error) {
    throw new ModelLoadError(`Cannot load the model: ${(error as Error).message}`, { cause: error });
  }
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function fail(reason: string): never {
  throw new ModelLoadError(`Cannot load the model: ${reason}`);
}
