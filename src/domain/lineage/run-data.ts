/** The parts that drawings have in a run. Of `left_out` drawings the reason is recorded. */
export const DATA_SIDES = ["train", "valid", "holdout", "left_out"] as const;
/** One of these. */
export type DataSide = (typeof DATA_SIDES)[number];

/** One drawing in the data of a run. */
export interface DataItem {
  sampleId: string;
  /** `train`: trained on; `valid`: chose the epoch; `holdout`: evaluated on. */
  side: DataSide;
  /** Of a drawing that was left out: why, in a few words; otherwise null. */
  reason: string | null;
  /** Null for a drawing of none of the classes. */
  label: string | null;
  /** Represents image and label, see `contentOf`. */
  content: Uint8Array;
}

/** The data version of a run: a name for exactly the drawings that it used, with the labels they had. */
export interface DataVersion {
  /** Lower-case hex. Equal for the same drawings with the same labels on the same sides. */
  sha256: string;
  /** Number of drawings on each side. */
  counts: Record<DataSide, number>;
}

/** Half of a SHA-256, as for the identity of drawings. */
const CONTENT_BYTES = 16;

/** Returns a hash of a drawing as a model sees it: its image and its label. 16 bytes. */
export function contentOf(pixels: Uint8Array, label: string | null): Uint8Array {
  const hash = new Bun.CryptoHasher("sha256").update(pixels).update(JSON.stringify(label));
  return hash.digest().subarray(0, CONTENT_BYTES);
}

/**
 * Names the data of a run: SHA-256 over the sides, contents and reasons of all drawings, in an order that depends on
 * nothing else. Ids do not count, so that the same drawings in another store have the same name.
 */
export function dataVersionOf(items: readonly DataItem[]): DataVersion {
  const counts: DataVersion["counts"] = { train: 0, valid: 0, holdout: 0, left_out: 0 };
  const lines = items.map(({ side, content, reason }) => {
    counts[side] += 1;
    return `${side} ${Buffer.from(content).toString("hex")} ${reason ?? ""}`;
  });
  const hash = new Bun.CryptoHasher("sha256");
  for (const line of lines.sort()) hash.update(`${line}\n`);
  return { sha256: hash.digest("hex"), counts };
}
