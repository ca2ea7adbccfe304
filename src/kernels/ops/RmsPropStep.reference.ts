import type { RmsPropAttributes } from "./RmsPropStep.ts";

/** One step of RMSprop, one weight at a time, in float64. @returns the new weights and running means. */
export function rmsPropStepReference(
  weight: ArrayLike<number>,
  square: ArrayLike<number>,
  gradient: ArrayLike<number>,
  { learningRate, rho, epsilon }: RmsPropAttributes,
): { weight: Float64Array; square: Float64Array } {
  const newSquare = Float64Array.from(square, (m, i) => rho * m + (1 - rho) * gradient[i]! ** 2);
  const newWeight = Float64Array.from(
    weight,
    (w, i) => w - (learningRate * gradient[i]!) / Math.sqrt(newSquare[i]! + epsilon),
  );
  return { weight: newWeight, square: newSquare };
}
