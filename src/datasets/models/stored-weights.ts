import type { WeightSpec } from "../../domain/model-artifacts.ts";

/** How a converter has shortened the values of a weight. float16 has no scale. */
export type Quantization = { dtype: "uint8" | "uint16"; scale: number; min: number } | { dtype: "float16" };

/** A weight as it is stored in a file. */
export interface StoredWeight {
  spec: WeightSpec;
  /** Null for float32. */
  quantization: Quantization | null;
}

const BYTES = { uint8: 1, uint16: 2, float16: 2 } as const;

/** Returns the size of a weight tensor in bytes, as float32. */
export function bytesOf({ shape }: WeightSpec): number {
  return 4 * shape.reduce((product, size) => product * size, 1);
}

/** Returns the size of a weight in its file, in bytes. */
export function storedBytes({ spec, quantization }: StoredWeight): number {
  const values = bytesOf(spec) / 4;
  return values * (quantization === null ? 4 : BYTES[quantization.dtype]);
}

/**
 * Returns the values of all weights in sequence as float32: `stored * scale + min` for integers, as
 * `tf.io.decodeWeights` computes them.
 *
 * @param bytes the files' bytes in sequence; exactly those that the weights need.
 */
export function decodeWeights(bytes: Uint8Array, weights: readonly StoredWeight[]): ArrayBuffer {
  const values = new Float32Array(weights.reduce((total, { spec }) => total + bytesOf(spec) / 4, 0));
  let [from, to] = [0, 0];
  for (const weight of weights) {
    const size = storedBytes(weight);
    const part = valuesOf(bytes.slice(from, from + size).buffer, weight.quantization);
    values.set(part, to);
    from += size;
    to += part.length;
  }
  return values.buffer;
}

function valuesOf(buffer: ArrayBuffer, quantization: Quantization | null): ArrayLike<number> {
  if (quantization === null) return new Float32Array(buffer);
  if (quantization.dtype === "float16") return new Float16Array(buffer);
  const { dtype, scale, min } = quantization;
  const stored = dtype === "uint8" ? new Uint8Array(buffer) : new Uint16Array(buffer);
  return Float32Array.from(stored, (value) => value * scale + min);
}
