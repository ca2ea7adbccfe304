import * as v from "valibot";
import { MAX_CLASSES } from "../../domain/classes.ts";
import { type ModelArtifacts, OUTLIER_SCORES, type WeightSpec } from "../../domain/model-artifacts.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";

/** The single weights file that tegaki writes next to model.json. */
export const WEIGHTS_FILE = "weights.bin";
/** Maximum size in bytes of all weights of a model. */
const MAX_WEIGHT_BYTES = 256 * 1024 * 1024;

/** The checked content of model.json, without the weights. */
export interface ModelJson {
  artifacts: Omit<ModelArtifacts, "weightData">;
  /** Names of files in the same directory, in the order of the weights. */
  paths: string[];
  weightBytes: number;
}

const natural = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const side = v.pipe(natural(4096), v.minValue(1));

const weightSchema = v.object({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
  shape: v.pipe(v.array(v.pipe(natural(MAX_WEIGHT_BYTES), v.minValue(1))), v.maxLength(8)),
  dtype: v.literal("float32"),
  quantization: v.optional(v.never("quantised weights are not supported")),
});

/** Only plain file names: a path must not leave the model's directory. */
const fileName = v.pipe(
  v.string(),
  v.regex(/^(?!\.)[\w.-]+$/, "must be the name of a file next to model.json"),
);

const calibrationSchema = v.object({
  temperature: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  rejection: v.object({
    score: v.picklist(OUTLIER_SCORES),
    threshold: v.pipe(v.number(), v.finite()),
    false_alarm_rate: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  }),
});

const modelSchema = v.object({
  format: v.literal("layers-model"),
  generatedBy: v.optional(v.nullable(v.string()), null),
  modelTopology: v.record(v.string(), v.unknown()),
  weightsManifest: v.array(
    v.object({
      paths: v.pipe(v.array(fileName), v.maxLength(1000)),
      weights: v.pipe(v.array(weightSchema), v.maxLength(10_000)),
    }),
  ),
  userDefinedMetadata: v.object({
    classes: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(MAX_CLASSES)),
    rows: side,
    cols: side,
    preprocessing: natural(1_000_000),
    architecture: v.string(),
    seed: natural(Number.MAX_SAFE_INTEGER),
    threads: natural(1024),
    calibration: v.exactOptional(calibrationSchema),
  }),
});

/**
 * Reads model.json like `tf.loadLayersModel`, but more strictly: only float32 weights, limited sizes, files next to it,
 * and the metadata that tegaki needs. The topology is not checked here.
 * @throws DatasetError with the field and the reason; the caller names the file.
 */
export function parseModelJson(text: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DatasetError(`is not JSON: ${messageOf(error)}`, { cause: error });
  }
  const result = v.safeParse(modelSchema, json);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue);
    throw new DatasetError(path === null ? issue.message : `${path}: ${issue.message}`);
  }
  const { weightsManifest, generatedBy, ...rest } = result.output;
  const weightSpecs: WeightSpec[] = weightsManifest.flatMap((group) =>
    group.weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
  );
  const names = weightSpecs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DatasetError(`weightsManifest: weight "${twice}" is listed twice`);
  const weightBytes = weightSpecs.reduce((total, spec) => total + bytesOf(spec), 0);
  if (weightBytes > MAX_WEIGHT_BYTES) {
    throw new DatasetError(
      `weightsManifest: ${weightBytes} bytes of weights; at most ${MAX_WEIGHT_BYTES} can be read`,
    );
  }
  return {
    artifacts: { ...rest, generatedBy: generatedBy ?? "", weightSpecs },
    paths: weightsManifest.flatMap((group) => group.paths),
    weightBytes,
  };
}

/** Returns the size of a weight tensor in bytes, as float32. */
export function bytesOf({ shape }: WeightSpec): number {
  return 4 * shape.reduce((product, size) => product * size, 1);
}

/**
 * Returns the canonical text of model.json, which does not depend on the order of fields in memory.
 * It has the fields that `tf.loadLayersModel` reads.
 */
export function modelJsonOf(artifacts: ModelArtifacts): string {
  const { format, generatedBy, modelTopology, weightSpecs, userDefinedMetadata } = artifacts;
  return JSON.stringify(
    withSortedKeys({
      format,
      generatedBy,
      convertedBy: null,
      modelTopology,
      weightsManifest: [
        {
          paths: [WEIGHTS_FILE],
          weights: weightSpecs.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
        },
      ],
      userDefinedMetadata,
    }),
  );
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]));
}
