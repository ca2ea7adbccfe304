import { createHash } from "node:crypto";
import type { ImageSet } from "../../domain/image-set.ts";

/**
 * Identifies a training run by all that decides its result: sha256, lower-case hex.
 *
 * @param values JSON values: parameters, threads, fingerprint of the code.
 * @param data   sets and weights, in a fixed order; null where one is absent.
 */
export function trainingKey(values: unknown, data: readonly (ImageSet | ArrayBuffer | null)[]): string {
  const hash = createHash("sha256").update(JSON.stringify(values));
  for (const part of data) {
    if (part === null) hash.update("null\n");
    else if (part instanceof ArrayBuffer) hash.update(`${part.byteLength}\n`).update(new Uint8Array(part));
    else {
      const { rows, cols, images, labels } = part;
      hash.update(`${labels.length} ${rows} ${cols}\n`).update(images).update(labels);
    }
  }
  return hash.digest("hex");
}
