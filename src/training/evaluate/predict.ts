import type { ImageSet } from "../../domain/image-set.ts";
import * as tf from "../../kernels/tf.ts";
import { nextMacrotask } from "../macrotask.ts";
import { logits } from "../model/forward.ts";

const BATCH_SIZE = 256;

/**
 * The model's logits for every image, computed in batches; other work gets a turn between batches.
 *
 * @returns float32 [N, K], row-major.
 * @throws the signal's reason when it is aborted.
 */
export async function predictLogits(
  model: tf.Sequential,
  set: ImageSet,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const pixels = set.rows * set.cols;
  const N = set.labels.length;
  const K = Number(model.outputs[0]!.shape[1]);
  const all = new Float32Array(N * K);
  for (let start = 0; start < N; start += BATCH_SIZE) {
    signal?.throwIfAborted();
    const end = Math.min(N, start + BATCH_SIZE);
    const values = Float32Array.from(
      set.images.subarray(start * pixels, end * pixels),
      (value) => value / 255,
    );
    tf.tidy(() => {
      const x = tf.tensor4d(values, [end - start, set.rows, set.cols, 1]);
      all.set(logits(model, x, null).dataSync(), start * K);
    });
    await nextMacrotask();
  }
  return all;
}
