import { contributionOf, type MemoryBlend } from "./blend.ts";
import { cosineOf } from "./cosine.ts";

/** A remembered drawing, for the reference. */
export interface RememberedRow {
  label: string;
  features: Float32Array;
}

/**
 * The plain form of `MemoryBank.recall`, for tests.
 *
 * @returns nats for each class, in their order.
 */
export function evidenceOf(
  rows: readonly RememberedRow[],
  query: Float32Array,
  classes: readonly string[],
  blend: MemoryBlend,
  spread: number,
): number[] {
  return classes.map((label) =>
    rows
      .filter((row) => row.label === label)
      .map((row) => contributionOf((1 - cosineOf(row.features, query)) / spread, blend))
      .sort((a, b) => b - a)
      .slice(0, blend.nearest)
      .reduce((sum, nats) => sum + nats, 0),
  );
}
