import { reluGradReference } from "./ReluGrad.reference.ts";
import { sumReference } from "./Sum.reference.ts";

/** `reluGradReference`, and the sum of its result over all but the last axis. */
export function reluGradSumReference(
  cols: number,
  y: ArrayLike<number>,
  dy: ArrayLike<number>,
): { dz: Float64Array; dBias: Float64Array } {
  const dz = reluGradReference(y, dy);
  return { dz, dBias: sumReference(dz.length / cols, cols, dz) };
}
