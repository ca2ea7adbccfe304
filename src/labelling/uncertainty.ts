/**
 * 1 − the greatest probability: 0 when the model is certain, 1 − 1/K when it knows nothing.
 *
 * @param probabilities of each class, 0..1, in any order; at least one.
 *
 * Source: Settles, Active Learning Literature Survey (2009), equation 1.
 */
export function leastConfidence(probabilities: readonly number[]): number {
  return clamp(1 - twoGreatest(probabilities)[0]);
}

/**
 * The greatest probability minus the one after it: 0 when two classes are equally likely, 1 when the model is certain
 * or has one class.
 *
 * @param probabilities of each class, 0..1, in any order; at least one.
 *
 * Source: Settles (2009), equation 2.
 */
export function margin(probabilities: readonly number[]): number {
  const [first, second] = twoGreatest(probabilities);
  return probabilities.length === 1 ? 1 : clamp(first - second);
}

/**
 * The entropy in nats, −Σ p ln p with 0 ln 0 = 0: 0 when the model is certain, ln K when it knows nothing.
 *
 * @param probabilities of each class, 0..1, in any order; at least one.
 *
 * Source: Settles (2009), equation 3.
 */
export function entropy(probabilities: readonly number[]): number {
  requireSome(probabilities);
  // Sorted, so that the sum does not depend on the order of the classes.
  const terms = probabilities.map((p) => (p > 0 ? -p * Math.log(p) : 0)).sort((a, b) => a - b);
  return Math.max(
    0,
    terms.reduce((sum, term) => sum + term, 0),
  );
}

/**
 * The total variation distance of two answers, ½ Σ |pₖ − qₖ|: 0 when they are equal, 1 when no class has a probability
 * in both. A class that one model does not have has probability 0 there.
 *
 * @param p @param q probabilities by class, each with a sum of 1.
 */
export function totalVariation(p: ReadonlyMap<string, number>, q: ReadonlyMap<string, number>): number {
  const classes = new Set([...p.keys(), ...q.keys()]);
  const differences = [...classes].map((name) => Math.abs((p.get(name) ?? 0) - (q.get(name) ?? 0)));
  differences.sort((a, b) => a - b);
  return clamp(differences.reduce((sum, difference) => sum + difference, 0) / 2);
}

function twoGreatest(probabilities: readonly number[]): [number, number] {
  requireSome(probabilities);
  const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
  return [first, second];
}

function requireSome({ length }: readonly number[]): void {
  if (length === 0) throw new RangeError("Expected the probability of at least one class, found none");
}

/** Rounding of float32 probabilities must not leave the range. */
function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
