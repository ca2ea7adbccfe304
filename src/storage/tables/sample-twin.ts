import type { Database } from "bun:sqlite";
import type { NewSample, Sample } from "../../domain/sample.ts";
import { describeLabel } from "../../domain/samples/sample-import.ts";
import { ConflictError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { RawRow } from "../row.ts";
import type { EncodedInk } from "./sample-insert.ts";
import { contentHash, sampleFromRow } from "./sample-row.ts";

/**
 * Finds the sample that an idempotency key was used for.
 * @throws ConflictError when that was other content.
 */
export function findByKey(database: Database, { key, hash }: { key: string; hash: string }): Sample | null {
  const row = database
    .query<RawRow, { key: string }>("SELECT * FROM samples WHERE idempotency_key = $key")
    .get({ key });
  if (row === null) return null;
  if (row.content_sha256 === hash) return sampleFromRow(row);
  throw new ConflictError(
    `Idempotency key "${key}" was used for another sample (${String(row.id)}). Use a new key for new content`,
    { says: saying("sample.keyUsed", { key, id: String(row.id) }) },
  );
}

/** Returns an idempotency key with the hash of the content that it may be repeated with. */
export function repeatOf(sample: NewSample, key: string): { key: string; hash: string } {
  return { key, hash: contentHash(sample) };
}

/** Finds the stored sample of an identical drawing. */
export function findTwin(database: Database, { identity }: Pick<EncodedInk, "identity">): Sample | null {
  const row = database
    .query<RawRow, { identity: Uint8Array }>("SELECT * FROM samples WHERE identity = $identity")
    .get({ identity });
  return row === null ? null : sampleFromRow(row);
}

/**
 * Finds the stored sample of the same drawing where one of the two has lost its strokes in a file, and only the images
 * can be compared: one with this label if there is one, else the oldest. Two drawings with strokes are never compared by
 * their images, which are equal now and then (a straight line).
 */
export function findImageTwin(
  database: Database,
  { identity, imageIdentity }: Pick<EncodedInk, "identity" | "imageIdentity">,
  label: string | null,
): Sample | null {
  if (imageIdentity !== null) return findTwin(database, { identity: imageIdentity });
  const row = database
    .query<RawRow, { identity: Uint8Array; label: string | null }>(
      `SELECT * FROM samples INDEXED BY samples_by_image WHERE image_identity = $identity
       ORDER BY label IS $label DESC, id LIMIT 1`,
    )
    .get({ identity, label });
  return row === null ? null : sampleFromRow(row);
}

/** @throws ConflictError when a drawing that is already stored is sent with another label. */
export function requireSameLabel(twin: Sample, { label }: NewSample): void {
  if (twin.label === label) return;
  throw new ConflictError(
    `This drawing is already stored, as sample ${twin.id} with the label "${describeLabel(twin)}". Correct that sample instead`,
    { says: saying("sample.twin", { id: twin.id, label: describeLabel(twin) }) },
  );
}
