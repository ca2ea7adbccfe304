import * as v from "valibot";
import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import { MAX_CLASSES } from "../../domain/classes.ts";
import { type ModelArtifacts, type ModelMetadata, OUTLIER_SCORES } from "../../domain/model-artifacts.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { type Json, sequentialTopology } from "./keras-topology.ts";
import { bytesOf, type Quantization, type StoredWeight, storedBytes } from "./stored-weights.ts";

/** The single weights file that tegaki writes next to model.json. */
export const WEIGHTS_FILE = "weights.bin";
/** Maximum size in bytes of all weights of a model. */
const MAX_WEIGHT_BYTES = 256 * 1024 * 1024;

/** The checked content of model.json, without the weights. */
export interface ModelJson {
  artifacts: Omit<ModelArtifacts, "weightData">;
  /** Names of files in the same directory, in the order of the weights. */
  paths: string[];
  /** The weights as they are stored, in their order. */
  stored: StoredWeight[];
  /** Size of the files together, in bytes. */
  weightBytes: number;
}

/** The classes of a converted model with ten outputs, which names none. */
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

const natural = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const side = v.pipe(natural(4096), v.minValue(1));

const finite = v.pipe(v.number(), v.finite());

const weightSchema = v.object({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
  shape: v.pipe(v.array(v.pipe(natural(MAX_WEIGHT_BYTES), v.minValue(1))), v.maxLength(8)),
  dtype: v.literal("float32"),
  quantization: v.optional(
    v.variant("dtype", [
      v.object({ dtype: v.picklist(["uint8", "uint16"]), scale: finite, min: finite }),
      v.object({ dtype: v.literal("float16") }),
    ]),
  ),
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
  userDefinedMetadata: v.optional(
    v.object({
      classes: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(MAX_CLASSES)),
      rows: side,
      cols: side,
      preprocessing: natural(1_000_000),
      architecture: v.string(),
      seed: natural(Number.MAX_SAFE_INTEGER),
      threads: natural(1024),
      calibration: v.exactOptional(calibrationSchema),
    }),
  ),
});

/**
 * Reads model.json like `tf.loadLayersModel`, but more strictly: only float32 weights (or those that a converter has
 * shortened), limited sizes, files next to it. The forms of Keras's converters are read too; their models have no
 * metadata: one with ten outputs is then taken for the digits. Layers are not checked here.
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
  const { weightsManifest, generatedBy, format, userDefinedMetadata } = result.output;
  const modelTopology = sequentialTopology(result.output.modelTopology);
  const stored = weightsManifest.flatMap(({ weights }) => weights.map(storedWeight));
  const weightSpecs = stored.map(({ spec }) => spec);
  const names = weightSpecs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DatasetError(`weightsManifest: weight "${twice}" is listed twice`);
  const bytes = weightSpecs.reduce((total, spec) => total + bytesOf(spec), 0);
  if (bytes > MAX_WEIGHT_BYTES) {
    throw new DatasetError(
      `weightsManifest: ${bytes} bytes of weights; at most ${MAX_WEIGHT_BYTES} can be read`,
    );
  }
  return {
    artifacts: {
      format,
      modelTopology,
      generatedBy: generatedBy ?? "",
      weightSpecs,
      userDefinedMetadata: userDefinedMetadata ?? metadataOf(modelTopology),
    },
    paths: weightsManifest.flatMap((group) => group.paths),
    stored,
    weightBytes: stored.reduce((total, weight) => total + storedBytes(weight), 0),
  };
}

/** Keras 3 names weights by the model as well: `sequential/conv2d/kernel`. */
function storedWeight({ name, shape, dtype, quantization = null }: JsonWeight): StoredWeight {
  return { spec: { name: name.split("/").slice(-2).join("/"), shape, dtype }, quantization };
}

type JsonWeight = Omit<v.InferOutput<typeof weightSchema>, "quantization"> & {
  quantization?: Quantization | null | undefined;
};

/** The metadata of a model that was converted from elsewhere. @throws DatasetError when its classes are unknown. */
function metadataOf(topology: Json): ModelMetadata {
  const layers = v.safeParse(sizedLayers, topology);
  const [, rows, cols] = layers.success ? layers.output.config.layers[0]!.config.batch_input_shape! : [];
  const outputs = layers.success ? layers.output.config.layers.at(-1)!.config.units : undefined;
  if (outputs !== DIGITS.length || typeof rows !== "number" || typeof cols !== "number") {
    throw new DatasetError(
      `userDefinedMetadata: is missing, and only models of ${DIGITS.length} outputs are taken for the digits; found ${outputs ?? "an unknown number of"} outputs. Add {"classes": [...], "rows": 28, "cols": 28, "preprocessing": ${PREPROCESSING_VERSION}, "architecture": "...", "seed": 0, "threads": 1}`,
    );
  }
  const origin = { preprocessing: PREPROCESSING_VERSION, architecture: "converted", seed: 0, threads: 1 };
  return { classes: [...DIGITS], rows, cols, ...origin };
}

/** The sizes of a topology's first input and last output. */
const sizedLayers = v.object({
  config: v.object({
    layers: v.pipe(
      v.array(
        v.object({
          config: v.object({
            batch_input_shape: v.optional(v.array(v.nullable(v.number()))),
            units: v.optional(v.number()),
          }),
        }),
      ),
      v.minLength(1),
      v.check((layers) => layers[0]!.config.batch_input_shape !== undefined, "has no input shape"),
    ),
  }),
});

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
