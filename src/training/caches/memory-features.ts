import type { FeatureStore } from "./feature-store.ts";

/**
 * Keeps rows as long as it is referenced, for several measurements of the same images in one process. It copies
 * nothing: rows must not be changed.
 */
export function memoryFeatures(): FeatureStore {
  const spaces = new Map<string, Map<string, Uint8Array>>();
  return {
    async read(space, keys) {
      const rows = spaces.get(space);
      return keys.map((key) => rows?.get(key) ?? null);
    },
    async write(space, rows) {
      const known = spaces.get(space) ?? new Map<string, Uint8Array>();
      spaces.set(space, known);
      for (const [key, row] of rows) known.set(key, row);
    },
  };
}
