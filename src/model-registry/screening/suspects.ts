/** A model's answer to a labelled drawing. */
export interface LabelAnswer {
  /** Index of the label. */
  label: number;
  /** Index of the class with the greatest probability. */
  predicted: number;
  /** The probability of the label, 0..1: the model's confidence in the label ("self-confidence"). */
  p: number;
}

/**
 * Reads a model's answers to labelled drawings from its probabilities.
 *
 * @param probabilities float32 [N, K], row-major.
 * @param labels        [N], each in [0, K), or a class that the model has no output for.
 * @param column        the model's output of each class; −1 for a class that it does not know.
 * @returns [N]; null for a label that the model does not know: it has no opinion of it.
 */
export function answersTo(
  probabilities: Float32Array,
  labels: Uint8Array,
  column: readonly number[],
): (LabelAnswer | null)[] {
  const K = labels.length === 0 ? 0 : probabilities.length / labels.length;
  const classOf = Array.from({ length: K }, (_, output) => column.indexOf(output));
  return Array.from(labels, (label, n) => {
    const own = column[label] ?? -1;
    if (own < 0) return null;
    const row = probabilities.subarray(n * K, (n + 1) * K);
    let best = 0;
    for (let k = 1; k < K; k++) if (row[k]! > row[best]!) best = k;
    return { label, predicted: classOf[best]!, p: row[own]! };
  });
}

/**
 * Whether a label is suspect: the model, which has never seen the drawing, is confident of another class. Ranking
 * and pruning by self-confidence is a method of confident learning; the fixed threshold is chosen in docs/gate.md.
 *
 * Source: C. Northcutt, L. Jiang, I. Chuang, JAIR 70 (2021), p. 1373, section 3.2.
 */
export function isSuspect({ label, predicted, p }: LabelAnswer, below: number): boolean {
  return predicted !== label && p < below;
}

/** The positions of suspect labels, the least probable first. */
export function rankSuspects(answers: readonly (LabelAnswer | null)[], below: number): number[] {
  return answers
    .flatMap((answer, i) => (answer !== null && isSuspect(answer, below) ? [i] : []))
    .sort((a, b) => answers[a]!.p - answers[b]!.p || a - b);
}
