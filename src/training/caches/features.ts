import { createHash } from "node:crypto";
import type { ImageSet } from "../../domain/image-set.ts";
import * as tf from "../../kernels/tf.ts";
import { imagesAt } from "../image-set.ts";
import { nextMacrotask } from "../macrotask.ts";
import { applyLayers, logits } from "../model/forward.ts";
import type { FeatureStore } from "./feature-store.ts";
import { packRow, unpackRow } from "./sparse-row.ts";

/** Where rows are looked up before they are computed, and stored afterwards. */
export interface KnownFeatures {
  store: FeatureStore;
  space: string;
}

const BATCH_SIZE = 256;

/** The outputs of a model's first layers for each image of a set. Rows are stored packed. */
export class Features {
  readonly shape: readonly number[];
  readonly rows: readonly Uint8Array[];

  /**
   * @param shape of one image's features.
   * @param rows  see `packRow`.
   */
  constructor(shape: readonly number[], rows: readonly Uint8Array[]) {
    this.shape = shape;
    this.rows = rows;
  }

  /** float32 [indices.length, ...shape]; the caller disposes of it. */
  tensor(indices: ArrayLike<number>): tf.Tensor {
    const width = this.shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(indices.length * width);
    for (let n = 0; n < indices.length; n++) unpackRow(this.rows[indices[n]!]!, width, values, n * width);
    return tf.tensor(values, [indices.length, ...this.shape]);
  }
}

/**
 * Applies the first `cut` layers to every image, in inference mode (no dropout), unless the result is cached.
 * An image's features do not depend on the rest of its batch: cached or computed, they are bit-identical.
 *
 * @param cut   0 returns the images themselves, ink 0..1.
 * @param known null disables the lookup.
 * @throws the signal's reason when it is aborted.
 */
export async function extractFeatures(
  model: tf.Sequential,
  cut: number,
  set: ImageSet,
  known: KnownFeatures | null,
  signal?: AbortSignal,
): Promise<Features> {
  const shape = cut === 0 ? [set.rows, set.cols, 1] : model.layers[cut - 1]!.outputShape.slice(1).map(Number);
  const compute = (indices: readonly number[]) => applyLayers(model, 0, cut, imageTensor(set, indices), null);
  return new Features(
    shape,
    await rowsOf(set, known, (missing) => packedInBatches(missing, compute, signal)),
  );
}

/**
 * The logits of every image of a set, taken from the cache where possible. For the others, the frozen layers' outputs
 * are looked up before they are computed.
 *
 * @param cut   number of layers whose outputs `known.features` caches; 0 for none.
 * @returns float32 [N, K].
 */
export async function extractLogits(
  model: tf.Sequential,
  cut: number,
  set: ImageSet,
  known: { logits: KnownFeatures; features: KnownFeatures | null } | null,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const K = Number(model.outputs[0]!.shape[1]);
  const rows = await rowsOf(set, known?.logits ?? null, async (missing) => {
    const some = missing.length === set.labels.length ? set : imagesAt(set, missing);
    const features = await extractFeatures(model, cut, some, known?.features ?? null, signal);
    return packedInBatches(
      missing.map((_, n) => n),
      (indices) => logits(model, features.tensor(indices), null, cut),
      signal,
    );
  });
  const all = new Float32Array(rows.length * K);
  rows.forEach((row, n) => {
    unpackRow(row, K, all, n * K);
  });
  return all;
}

/** The model's logits, computed from the outputs of its first `cut` layers. @returns float32 [N, K]. */
export async function logitsOfFeatures(
  model: tf.Sequential,
  cut: number,
  features: Features,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const N = features.rows.length;
  const K = Number(model.outputs[0]!.shape[1]);
  const all = new Float32Array(N * K);
  for (const indices of batchesOf(Array.from({ length: N }, (_, i) => i))) {
    signal?.throwIfAborted();
    tf.tidy(() => {
      all.set(logits(model, features.tensor(indices), null, cut).dataSync(), indices[0]! * K);
    });
    await nextMacrotask();
  }
  return all;
}

/** One row per image: cached rows, and for the rest those that `compute` returns, which are then cached. */
async function rowsOf(
  set: ImageSet,
  known: KnownFeatures | null,
  compute: (missing: readonly number[]) => Promise<Uint8Array[]>,
): Promise<Uint8Array[]> {
  const all = Array.from(set.labels, (_, i) => i);
  if (known === null) return compute(all);
  const keys = all.map((index) => keyOf(set, index));
  const rows = await known.store.read(known.space, keys);
  const missing = all.filter((index) => rows[index] === null);
  if (missing.length === 0) return rows as Uint8Array[];
  const computed = await compute(missing);
  missing.forEach((index, n) => {
    rows[index] = computed[n]!;
  });
  await known.store.write(known.space, new Map(missing.map((index, n) => [keys[index]!, computed[n]!])));
  return rows as Uint8Array[];
}

async function packedInBatches(
  indices: readonly number[],
  compute: (indices: readonly number[]) => tf.Tensor,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const rows: Uint8Array[] = [];
  for (const batch of batchesOf(indices)) {
    signal?.throwIfAborted();
    rows.push(...tf.tidy(() => pack(compute(batch))));
    await nextMacrotask();
  }
  return rows;
}

function batchesOf(indices: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(indices.length / BATCH_SIZE) }, (_, i) =>
    indices.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE),
  );
}

/** float32 [N, rows, cols, 1], ink 0..1. */
function imageTensor(set: ImageSet, indices: readonly number[]): tf.Tensor4D {
  const pixels = set.rows * set.cols;
  const values = new Float32Array(indices.length * pixels);
  indices.forEach((index, n) => {
    for (let p = 0; p < pixels; p++) values[n * pixels + p] = set.images[index * pixels + p]! / 255;
  });
  return tf.tensor4d(values, [indices.length, set.rows, set.cols, 1]);
}

function pack(features: tf.Tensor): Uint8Array[] {
  const count = features.shape[0]!;
  const values = features.dataSync() as Float32Array;
  const width = values.length / count;
  return Array.from({ length: count }, (_, n) => packRow(values.subarray(n * width, (n + 1) * width)));
}

function keyOf({ images, rows, cols }: ImageSet, index: number): string {
  const pixels = rows * cols;
  return createHash("sha256")
    .update(images.subarray(index * pixels, (index + 1) * pixels))
    .digest("hex");
}
