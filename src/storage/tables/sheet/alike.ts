import type { Database } from "bun:sqlite";

/** Samples that are compared, of the label and of the prediction each: 20 to 30 ms of work, however many there are. */
const COMPARED = 3_000;

interface Inked {
  id: string;
  pixels: Uint8Array;
}

/**
 * Returns the ids of the samples whose pixels are most like those of one, the nearest first.
 * @returns `distance`: 1 − the cosine of the images, 0 (the same) to 1 (no ink in common).
 */
export function mostAlike(database: Database, id: string, limit: number): { id: string; distance: number }[] {
  const own = database
    .query<Inked & { label: string | null; predicted: string | null }, { id: string }>(
      "SELECT id, pixels, label, predicted FROM samples WHERE id = $id",
    )
    .get({ id });
  if (own === null) return [];
  const newest = database.query<Inked, { label: string }>(
    `SELECT id, pixels FROM samples INDEXED BY samples_by_label WHERE label = $label ORDER BY id DESC LIMIT ${COMPARED}`,
  );
  const labels = new Set([own.label, own.predicted].filter((label) => label !== null));
  const others = [...labels].flatMap((label) => newest.all({ label })).filter((other) => other.id !== id);
  const norm = Math.sqrt(dot(own.pixels, own.pixels));
  return others
    .map((other) => {
      const scale = norm * Math.sqrt(dot(other.pixels, other.pixels));
      const cosine = scale === 0 ? 0 : dot(own.pixels, other.pixels) / scale;
      // Rounded, so that the same images have a distance of 0.
      return { id: other.id, distance: Math.round((1 - cosine) * 1e6) / 1e6 };
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit);
}

function dot(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
