import type { ImageSet } from "../../domain/image-set.ts";
import { createRandom } from "../../lib/random.ts";
import { augmentInto } from "./augment.ts";
import type { AugmentationParams } from "./augmentation-params.ts";

/**
 * Returns one augmented view of each image, determined by the seed.
 *
 * @param augmentation null returns the set itself.
 */
export function augmentedView(
  set: ImageSet,
  augmentation: AugmentationParams | null,
  seed: number,
): ImageSet {
  if (augmentation === null) return set;
  const { rows, cols } = set;
  const pixels = rows * cols;
  const random = createRandom(seed).fork("augmented view");
  const view = new Float32Array(pixels);
  const images = new Uint8Array(set.images.length);
  set.labels.forEach((_, n) => {
    const image = set.images.subarray(n * pixels, (n + 1) * pixels);
    augmentInto(image, rows, cols, augmentation, random, view, 0);
    view.forEach((value, i) => {
      images[n * pixels + i] = Math.round(value * 255);
    });
  });
  return { ...set, images };
}
