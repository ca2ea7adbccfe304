import { packArchive } from "../../src/datasets/models/model-archive.ts";
import { modelJsonOf } from "../../src/datasets/models/model-json.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { templateModel } from "./models.ts";

const text = (content: string) => new TextEncoder().encode(content);

/** The content of model.json, for tests that change it. */
type ModelFile = {
  modelTopology: { config: { layers: { class_name: string; config: Record<string, unknown> }[] } };
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
  userDefinedMetadata: Record<string, unknown>;
} & Record<string, unknown>;

/** What a hostile archive has instead of the files of a model. */
export interface ArchiveChange {
  /** Changes model.json. */
  json?(file: ModelFile): void;
  /** Replaces model.json. */
  jsonText?: string;
  /** Changes the bytes of the weights. */
  weights?(bytes: Uint8Array): Uint8Array;
  /** More files, or others under the same name. */
  files?: Record<string, Uint8Array>;
}

/** A zip archive of a model, as an export writes it, with changes. */
export async function modelArchive(
  { json, jsonText, weights = (bytes) => bytes, files = {} }: ArchiveChange = {},
  model: ModelArtifacts = templateModel(),
): Promise<Uint8Array<ArrayBuffer>> {
  const file = JSON.parse(modelJsonOf(model)) as ModelFile;
  json?.(file);
  const packed = {
    "model.json": text(jsonText ?? JSON.stringify(file)),
    "weights.bin": weights(new Uint8Array(model.weightData.slice(0))),
    ...files,
  };
  return packArchive(packed, []);
}

/** Archives that an import must refuse, each with a part of the reason. */
export const HOSTILE_ARCHIVES: readonly [what: string, change: ArchiveChange, reason: RegExp][] = [
  ["no JSON", { jsonText: "{" }, /model.json: is not JSON/],
  ["deeply nested JSON", { jsonText: "[".repeat(500_000) }, /nests deeper than 64 levels/],
  [
    "a nested topology",
    { json: (file) => Object.assign(file.modelTopology, { x: JSON.parse("[".repeat(70) + "]".repeat(70)) }) },
    /nests deeper/,
  ],
  ["a long model.json", { jsonText: " ".repeat(2 * 1024 * 1024) }, /more than 1048576 bytes/],
  ["another format", { json: (file) => Object.assign(file, { format: "graph-model" }) }, /format/],
  [
    "a billion units",
    { json: (file) => Object.assign(file.modelTopology.config.layers[1]!.config, { units: 1e9 }) },
    /units must be a whole number from 1 to 1000000/,
  ],
  [
    "an unknown layer",
    { json: (file) => Object.assign(file.modelTopology.config.layers[1]!, { class_name: "Lambda" }) },
    /unknown type "Lambda"/,
  ],
  [
    "weights of another shape",
    { json: (file) => Object.assign(file.weightsManifest[0]!.weights[0]!, { shape: [10, 784] }) },
    /weight 0 must be predictions\/kernel \[784,10\]/,
  ],
  [
    "a huge shape",
    { json: (file) => Object.assign(file.weightsManifest[0]!.weights[0]!, { shape: [2 ** 28, 2 ** 28] }) },
    /bytes of weights|must be predictions/,
  ],
  [
    "another type of weights",
    { json: (file) => Object.assign(file.weightsManifest[0]!.weights[0]!, { dtype: "float64" }) },
    /dtype/,
  ],
  [
    "a path out of the folder",
    { json: (file) => Object.assign(file.weightsManifest[0]!, { paths: ["../weights.bin"] }) },
    /paths/,
  ],
  [
    "a missing file",
    { json: (file) => Object.assign(file.weightsManifest[0]!, { paths: ["other.bin"] }) },
    /other.bin: does not exist/,
  ],
  [
    "too few weights",
    { weights: (bytes) => bytes.slice(4) },
    /has 31396 bytes, but model.json requires 31400/,
  ],
  ["too many weights", { weights: (bytes) => new Uint8Array(bytes.length + 4) }, /requires 31400/],
  [
    "a weight that is not a number",
    {
      weights: (bytes) => {
        new DataView(bytes.buffer).setFloat32(400, Number.NaN, true);
        return bytes;
      },
    },
    /value 100 of weight "predictions\/kernel" is NaN/,
  ],
  [
    "too few classes",
    { json: (file) => Object.assign(file.userDefinedMetadata, { classes: ["0", "1"] }) },
    /10 outputs for 2 classes/,
  ],
  [
    "another size of images",
    {
      json: (file) => {
        Object.assign(file.userDefinedMetadata, { rows: 14, cols: 56 });
        Object.assign(file.modelTopology.config.layers[0]!.config, { batch_input_shape: [null, 14, 56, 1] });
      },
    },
    /its input is 14x56 px, expected 28x28/,
  ],
  [
    "another hash",
    { files: { "metrics.json": text(JSON.stringify({ sha256: "ab".repeat(32) })) } },
    /exported with SHA-256 abab/,
  ],
  [
    "two models",
    { files: { "other/model.json": text("{}") } },
    /expected one model.json in the archive, found 2/,
  ],
];
