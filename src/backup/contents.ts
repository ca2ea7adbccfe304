import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isCredentialsFile } from "../config/credentials.ts";
import type { ZipPart } from "../datasets/images/export/zip-stream.ts";
import { hashModel } from "../datasets/models/model-files.ts";
import { BUILTIN_MODEL_KEY } from "../domain/model.ts";
import { messageOf } from "../lib/errors.ts";
import type { SnapshotModel } from "../storage/snapshot/snapshot.ts";
import type { ManifestFile } from "./manifest.ts";

/** A longer configuration file is left out: it is none that a person has written. */
const MAX_CONF_BYTES = 1024 * 1024;
const CONF_FILE = /\.(?:ya?ml|json)$/;
const READ_BYTES = 1024 * 1024;

/** A file that goes into a backup. */
export interface SourceFile {
  /** In the backup. */
  path: string;
  /** Where it is; or its content, which was read already. */
  from: string | Uint8Array;
  bytes: number;
}

/** Registered models with their files. */
export interface ModelSources {
  /** Those whose files are there and have the registered hash. */
  models: SnapshotModel[];
  files: SourceFile[];
  /** Why each of the others is left out. */
  problems: string[];
}

/** Finds the files of the registered models, and checks each against its hash. */
export async function modelSources(
  dataDir: string,
  registered: readonly SnapshotModel[],
): Promise<ModelSources> {
  const found: ModelSources = { models: [], files: [], problems: [] };
  for (const model of registered) {
    if (model.key === BUILTIN_MODEL_KEY) continue;
    const problem = await modelProblem(dataDir, model);
    if (problem === null) {
      found.models.push(model);
      for (const file of await filesIn(join(dataDir, model.key), `data/${model.key}`)) {
        if (!found.files.some(({ path }) => path === file.path)) found.files.push(file);
      }
    } else found.problems.push(`left out: ${problem}`);
  }
  return found;
}

/** Why the files of a registered model cannot be used; null when they can. */
export async function modelProblem(
  dataDir: string,
  { version, key, sha256 }: SnapshotModel,
): Promise<string | null> {
  try {
    const found = await hashModel(join(dataDir, key));
    if (found === sha256) return null;
    return `model ${version} (data/${key}): its files have changed since it was registered (SHA-256 ${found}, expected ${sha256})`;
  } catch (error) {
    return `model ${version} (data/${key}): ${messageOf(error).replaceAll(`${dataDir}/`, "data/")}`;
  }
}

/** The configuration of a project, without its secrets. */
export interface ConfSources {
  files: SourceFile[];
  /** Files with secrets, which are left out; relative to the project. */
  leftOut: string[];
}

/**
 * Finds the configuration files in all environments of a project.
 * @param secrets the values of its credentials: a file that contains one is left out as well.
 */
export async function confSources(dir: string, secrets: readonly string[]): Promise<ConfSources> {
  const found: ConfSources = { files: [], leftOut: [] };
  const names = await readdir(join(dir, "conf"), { recursive: true }).catch(() => []);
  for (const name of names.map((one) => one.replaceAll("\\", "/")).sort()) {
    const path = `conf/${name}`;
    if (!CONF_FILE.test(name)) continue;
    const stats = await stat(join(dir, path)).catch(() => null);
    if (stats?.isFile() !== true || stats.size > MAX_CONF_BYTES) continue;
    const content = await readFile(join(dir, path));
    const hasSecret = secrets.some((secret) => content.includes(secret));
    if (isCredentialsFile(name) || hasSecret) found.leftOut.push(path);
    else found.files.push({ path, from: new Uint8Array(content), bytes: content.length });
  }
  return found;
}

/** The file at a place, if there is one. */
export async function fileAt(path: string, from: string): Promise<SourceFile[]> {
  const stats = await stat(from).catch(() => null);
  return stats?.isFile() === true ? [{ path, from, bytes: stats.size }] : [];
}

/**
 * Returns the file as a part of a zip archive, without compression.
 * @param onRead is told, when all of it was read, what was read.
 * @param onBytes is told of each piece.
 */
export function partOf(
  { path, from, bytes }: SourceFile,
  onRead: (file: ManifestFile) => void,
  onBytes: (bytes: number) => void,
): ZipPart {
  return { name: path, isPacked: true, bytes, content: hashed(path, from, onRead, onBytes) };
}

async function* hashed(
  path: string,
  from: string | Uint8Array,
  onRead: (file: ManifestFile) => void,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = new Bun.CryptoHasher("sha256");
  let bytes = 0;
  const chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array> =
    typeof from === "string" ? createReadStream(from, { highWaterMark: READ_BYTES }) : [from];
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(chunk.length);
    yield chunk;
  }
  onRead({ path, bytes, sha256: hash.digest("hex") });
}

async function filesIn(directory: string, path: string): Promise<SourceFile[]> {
  const names = (await readdir(directory, { recursive: true })).sort();
  const files = await Promise.all(names.map((name) => fileAt(`${path}/${name}`, join(directory, name))));
  return files.flat();
}
