import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import type { ModelSource } from "./model-archive.ts";
import { hashModel, MODEL_FILE, withWeights } from "./model-files.ts";
import { type ModelJson, parseModelJson } from "./model-json.ts";

/** Enough for the layers and weights of any model that can be loaded, forty times over. */
const MAX_JSON_BYTES = 1024 * 1024;
/** Keras nests about ten levels. */
const MAX_DEPTH = 64;
/** The file next to model.json that an export adds, with the hash of the model. */
export const METRICS_FILE = "metrics.json";

/**
 * Reads a model of any origin. Nothing in it is trusted: model.json is read first, and its layers, classes, shapes and
 * types are checked before a weight is read; then the sizes of the files, before anything of their size is allocated;
 * then that every weight is a finite number, and, when metrics.json has one, the hash.
 *
 * @param checkShapes throws unless the layers can be loaded and have weights of these shapes.
 * @throws DatasetError with the file and the reason, and what `checkShapes` throws.
 */
export async function readModelSource(
  source: ModelSource,
  checkShapes: (model: ModelJson["artifacts"]) => void,
): Promise<{ artifacts: ModelArtifacts; sha256: string }> {
  const model = parseSafely(await readText(source, MODEL_FILE));
  checkShapes(model.artifacts);
  const sizes = await Promise.all(model.paths.map((name) => sizeOf(source, name)));
  const found = sizes.reduce((a, b) => a + b, 0);
  const names = model.paths.join(", ");
  if (found !== model.weightBytes) {
    throw new DatasetError(`${names}: has ${found} bytes, but model.json requires ${model.weightBytes}`);
  }
  const weights = new Uint8Array(model.weightBytes);
  let offset = 0;
  for (const [i, name] of model.paths.entries()) {
    weights.set(await source.read(name, sizes[i]!), offset);
    offset += sizes[i]!;
  }
  const artifacts = withWeights(model, weights, names);
  const sha256 = await hashModel(artifacts);
  const expected = await recordedHash(source);
  if (expected !== null && expected !== sha256) {
    throw new DatasetError(
      `${METRICS_FILE}: the model was exported with SHA-256 ${expected}, found ${sha256}`,
    );
  }
  return { artifacts, sha256 };
}

function parseSafely(text: string): ModelJson {
  try {
    requireShallow(text);
    return parseModelJson(text);
  } catch (error) {
    throw new DatasetError(`${MODEL_FILE}: ${messageOf(error)}`, { cause: error });
  }
}

/** Before it is parsed: what walks the topology later calls itself once a level. */
function requireShallow(text: string): void {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (isString && sign === "\\") i += 1;
    else if (sign === '"') isString = !isString;
    else if (!isString && (sign === "{" || sign === "[")) depth += 1;
    else if (!isString && (sign === "}" || sign === "]")) depth -= 1;
    if (depth > MAX_DEPTH) throw new DatasetError(`nests deeper than ${MAX_DEPTH} levels`);
  }
}

async function readText(source: ModelSource, name: string): Promise<string> {
  const bytes = await source.read(name, MAX_JSON_BYTES);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DatasetError(`${name}: is not UTF-8`, { cause: error });
  }
}

async function sizeOf(source: ModelSource, name: string): Promise<number> {
  const size = await source.sizeOf(name);
  if (size === null) throw new DatasetError(`${name}: does not exist, but model.json names it`);
  return size;
}

/** The hash in metrics.json; null for a model that was not exported by tegaki. */
async function recordedHash(source: ModelSource): Promise<string | null> {
  if ((await source.sizeOf(METRICS_FILE)) === null) return null;
  const text = await readText(source, METRICS_FILE);
  try {
    requireShallow(text);
    const { sha256 } = JSON.parse(text) as { sha256?: unknown };
    return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null;
  } catch (error) {
    throw new DatasetError(`${METRICS_FILE}: ${messageOf(error)}`, { cause: error });
  }
}
