import * as v from "valibot";
import { InputError } from "../lib/errors.ts";

/** The name of the manifest in a backup's zip archive. */
export const MANIFEST_FILE = "manifest.json";
/** The name of the store in a backup's zip archive. */
export const STORE_FILE = "data/tegaki.db";
/** The version of the format of backups. A program refuses newer ones. */
export const FORMAT_VERSION = 1;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Paths in `data` or `conf`, of names that mean the same on every system; never upwards. */
const path = v.pipe(
  v.string(),
  v.maxLength(1_000),
  v.regex(/^(?:data|conf)(?:\/(?!\.\.?(?:\/|$))[^/\\\p{Cc}]{1,255})+$/u),
);

const schema = v.strictObject({
  format: v.literal("tegaki-backup"),
  version: v.literal(FORMAT_VERSION),
  /** The program that made it. */
  tegaki: v.string(),
  /** The schema version of its store. */
  schema: v.pipe(count, v.minValue(1)),
  /** The `PREPROCESSING_VERSION` of the program that made it. */
  preprocessing: count,
  /** When its store was copied; ISO 8601, UTC. */
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  counts: v.strictObject({ samples: count, runs: count, models: count }),
  /** The versions whose files are in it. */
  models: v.array(v.strictObject({ version: count, key: v.string(), sha256 })),
  /** Files of the project that are left out because they have secrets; relative to the project directory. */
  leftOut: v.array(v.string()),
  /** Every other file of the archive. */
  files: v.array(v.strictObject({ path, bytes: count, sha256 })),
});

/** Everything that a backup says about itself. */
export type Manifest = v.InferOutput<typeof schema>;
/** A file of a backup. */
export type ManifestFile = Manifest["files"][number];

/**
 * Reads a manifest.
 * @param file the backup, for messages. @param newestSchema the newest schema version of a store that can be opened.
 * @throws InputError for one of a newer tegaki, or one that is malformed.
 */
export function parseManifest(text: string, file: string, newestSchema: number): Manifest {
  const value = parseJson(text, file);
  const { version, schema: stored, tegaki } = value;
  const isNewer = Number(version) > FORMAT_VERSION || Number(stored) > newestSchema;
  if (value.format === "tegaki-backup" && isNewer) {
    throw new InputError(
      `${file} was made by a newer tegaki (${String(tegaki).slice(0, 40)}, format ${version}, store ${stored}): this one reads format ${FORMAT_VERSION} and stores up to ${newestSchema}. Restore it with that tegaki or a newer one`,
    );
  }
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw malformed(file, `${v.getDotPath(issue) ?? "it"}: ${issue.message}`);
  }
  const { files } = result.output;
  const names = new Set(files.map((one) => one.path.toLowerCase()));
  if (names.size !== files.length) throw malformed(file, "it lists a file twice");
  if (!names.has(STORE_FILE)) throw malformed(file, `${STORE_FILE} is not listed`);
  return result.output;
}

function parseJson(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw malformed(file, "it is not JSON", error);
  }
  throw malformed(file, "it is not an object");
}

function malformed(file: string, reason: string, cause?: unknown): InputError {
  return new InputError(`${file} is not a backup that tegaki can read: ${MANIFEST_FILE}: ${reason}`, {
    cause,
  });
}
