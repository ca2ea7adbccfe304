import { createHash } from "node:crypto";
import type { ImageSet } from "../../domain/image-set.ts";
import { createRandom } from "../../lib/random.ts";
import { augmentInto } from "./augment.ts";
import type { AugmentationParams } from "./augmentation-params.ts";

/**
 * A set followed by augmented versions of it, in integer grey levels. Only the seed and the image itself decide its
 * versions, so the frozen layers' outputs for them are worth caching.
 *
 * @param views number of versions in total, at least 1; the first is the set itself.
 */
export function viewsOf(
  set: ImageSet,
  views: number,
  augmentation: AugmentationParams | null,
  seed: number,
): ImageSet {
  if (views === 1) return set;
  const { rows, cols } = set;
  const pixels = rows * cols;
  const count = set.labels.length;
  const images = new Uint8Array(views * count * pixels);
  const labels = new Uint8Array(views * count);
  for (let view = 0; view < views; view++) labels.set(set.labels, view * count);
  images.set(set.images);
  const ink = new Float32Array(pixels);
  for (let i = 0; i < count; i++) {
    const image = set.images.subarray(i * pixels, (i + 1) * pixels);
    const random = createRandom(seed).fork(createHash("sha256").update(image).digest("hex"));
    for (let view = 1; view < views; view++) {
      augmentInto(image, rows, cols, augmentation, random.fork(`view ${view}`), ink, 0);
      images.set(
        Uint8Array.from(ink, (value) => Math.round(value * 255)),
        (view * count + i) * pixels,
      );
    }
  }
  return { rows, cols, images, labels };
}
