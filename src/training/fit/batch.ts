import { NO_CLASS } from "../../domain/image-set.ts";
import * as tf from "../../kernels/tf.ts";
import type { Sampler } from "./sampler.ts";

/** Inputs and targets of one training step. */
export interface Batch {
  /** float32 [N, rows, cols, 1], ink 0..1; or the images' features. */
  x: tf.Tensor;
  /** float32 [N, K], 1 at the label and 0 elsewhere; for `NO_CLASS` 1 / K everywhere. */
  y: tf.Tensor2D;
}

/** Copies the images at `indices`. @returns uint8 [N * rows * cols]. */
export function imagesAt(sampler: Sampler, indices: Uint32Array): Uint8Array<ArrayBuffer> {
  const pixels = sampler.rows * sampler.cols;
  const images = new Uint8Array(indices.length * pixels);
  indices.forEach((index, n) => {
    images.set(sampler.image(index), n * pixels);
  });
  return images;
}

/** Target probabilities that replace images' labels. */
export interface SoftTargets {
  /** float32 [K], sums to 1; null for an image whose label is the target. */
  of(index: number, label: number): Float32Array | null;
}

/** The target probabilities of the images at `indices`: `y` of their batch. The caller disposes of the tensor. */
export function targets(
  sampler: Sampler,
  indices: Uint32Array,
  K: number,
  soft: SoftTargets | null,
): tf.Tensor2D {
  const y = new Float32Array(indices.length * K);
  indices.forEach((index, n) => {
    const label = sampler.label(index);
    const said = soft?.of(index, label) ?? null;
    if (said !== null) y.set(said, n * K);
    else if (label === NO_CLASS) y.fill(1 / K, n * K, (n + 1) * K);
    else y[n * K + label] = 1;
  });
  return tf.tensor2d(y, [indices.length, K]);
}
