import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { writeDirectoryAtomic } from "../files/atomic.ts";
import { type ModelJson, modelJsonOf, parseModelJson, WEIGHTS_FILE } from "./model-json.ts";
import { bytesOf, decodeWeights } from "./stored-weights.ts";

/** The file with a model's layers and metadata. */
export const MODEL_FILE = "model.json";
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/**
 * Reads a directory with model.json and its weights, in the format of `tf.loadLayersModel`.
 * Sizes are compared before anything is allocated, and every weight must be a finite number.
 * @throws DatasetError naming the file and the reason.
 */
export async function readModelFiles(directory: string): Promise<ModelArtifacts> {
  const jsonPath = join(directory, MODEL_FILE);
  const jsonBytes = await sizeOf(jsonPath);
  if (jsonBytes > MAX_JSON_BYTES) {
    throw new DatasetError(
      `${jsonPath}: has ${jsonBytes} bytes; files of at most ${MAX_JSON_BYTES} bytes can be read`,
    );
  }
  const model = parse(await readExactly(jsonPath, jsonBytes), jsonPath);
  const paths = model.paths.map((name) => join(directory, name));
  const sizes = await Promise.all(paths.map(sizeOf));
  const weightFiles = paths.join(", ");
  checkWeightBytes(
    weightFiles,
    sizes.reduce((a, b) => a + b, 0),
    model,
  );
  const weights = new Uint8Array(model.weightBytes);
  let offset = 0;
  for (const [i, path] of paths.entries()) {
    weights.set(await readExactly(path, sizes[i]!), offset);
    offset += sizes[i]!;
  }
  return withWeights(model, weights, weightFiles);
}

/**
 * Reads the base model from bytes in memory.
 * @param where the name of its directory, for messages.
 * @throws DatasetError naming the file and the reason.
 */
export function modelFromBytes(modelJson: Uint8Array, weights: Uint8Array, where: string): ModelArtifacts {
  const model = parse(modelJson, `${where}/${MODEL_FILE}`);
  checkWeightBytes(`${where}/${WEIGHTS_FILE}`, weights.length, model);
  return withWeights(model, weights, `${where}/${WEIGHTS_FILE}`);
}

/** Writes model.json and weights.bin atomically; they replace the directory's previous content. */
export async function writeModelFiles(directory: string, artifacts: ModelArtifacts): Promise<void> {
  const bytes = artifacts.weightSpecs.reduce((total, spec) => total + bytesOf(spec), 0);
  if (bytes !== artifacts.weightData.byteLength) {
    throw new DatasetError(
      `the weights have ${artifacts.weightData.byteLength} bytes, but their shapes require ${bytes}`,
    );
  }
  await writeDirectoryAtomic(directory, {
    [MODEL_FILE]: modelJsonOf(artifacts),
    [WEIGHTS_FILE]: new Uint8Array(artifacts.weightData),
  });
}

/** Returns the SHA-256, lower-case hex, of the canonical model.json and the weights: equal for a model and its files. */
export async function hashModel(model: ModelArtifacts | string): Promise<string> {
  const artifacts = typeof model === "string" ? await readModelFiles(model) : model;
  const hash = createHash("sha256").update(modelJsonOf(artifacts));
  return hash.update(new Uint8Array(artifacts.weightData)).digest("hex");
}

function parse(bytes: Uint8Array, path: string): ModelJson {
  try {
    return parseModelJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DatasetError(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const { size } = await stat(path);
    return size;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new DatasetError(`${path}: ${isMissing ? "does not exist" : messageOf(error)}`, { cause: error });
  }
}

/** @throws DatasetError when the file has become shorter than `bytes` since its size was read. */
async function readExactly(path: string, bytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const buffer = new Uint8Array(bytes);
      let filled = 0;
      while (filled < bytes) {
        const { bytesRead } = await file.read(buffer, filled, bytes - filled, filled);
        if (bytesRead === 0) throw new Error(`ends after ${filled} of ${bytes} bytes`);
        filled += bytesRead;
      }
      return buffer;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new DatasetError(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

function checkWeightBytes(path: string, found: number, { weightBytes }: ModelJson): void {
  if (found !== weightBytes) {
    throw new DatasetError(`${path}: has ${found} bytes, but model.json requires ${weightBytes}`);
  }
}

/**
 * Adds the weights to a model.
 * @param bytes exactly those that model.json requires. @param path of their file, for messages.
 * @throws DatasetError when one is not a finite number.
 */
export function withWeights(
  { artifacts, stored }: ModelJson,
  bytes: Uint8Array,
  path: string,
): ModelArtifacts {
  const weightData = decodeWeights(bytes, stored);
  let offset = 0;
  for (const spec of artifacts.weightSpecs) {
    const values = new Float32Array(weightData, offset, bytesOf(spec) / 4);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new DatasetError(`${path}: value ${bad} of weight "${spec.name}" is ${values[bad]}`);
    offset += bytesOf(spec);
  }
  return { ...artifacts, weightData };
}
