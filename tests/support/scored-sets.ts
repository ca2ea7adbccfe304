import type { GateParams, Scored, Scores } from "../../src/model-registry/gate/gate-scores.ts";

/** The defaults of server.yml. */
export const GATE: GateParams = {
  threshold: 0.98,
  margin: 0.002,
  min_evidence: 10_000,
  pinned_digits: 5_000,
  min_absolute_change: 0,
  max_class_drop: 0.02,
  max_forgetting: 0.003,
  min_samples: 20,
  first_gain: 0.5,
  max_calibration_error: 0.03,
  max_latency_ms: 50,
  max_model_mb: 64,
};

/** A batch of labels of which none is in review. */
export const NOTHING_HELD = { isHeld: false, n: 500, suspects: 3, reason: null };

/**
 * Answers to `n` items of `classes` classes in turn; item i is answered wrongly where `isWrong(i)`.
 * @param groups of each item.
 */
export function scored(
  n: number,
  isWrong: (i: number) => boolean,
  { classes = ["0", "1"], ece = 0.005, groups = null as Uint32Array | null } = {},
): Scored {
  const K = classes.length;
  const labels = Uint8Array.from({ length: n }, (_, i) => i % K);
  const predicted = labels.map((label, i) => (isWrong(i) ? (label + 1) % K : label));
  const isRight = (i: number) => predicted[i] === labels[i];
  const per_class = classes.map((label, k) => {
    const own = [...labels.keys()].filter((i) => labels[i] === k);
    return { label, n: own.length, recall: own.filter(isRight).length / own.length, precision: null };
  });
  const right = [...labels.keys()].filter(isRight).length;
  return {
    report: { n, accuracy: n === 0 ? 0 : right / n, per_class, calibration: { ece } },
    ...{ labels, predicted, groups },
  };
}

/** Whether i is in [from, to): the items of a range are answered wrongly. */
export function between(from: number, to: number): (i: number) => boolean {
  return (i) => i >= from && i < to;
}

/** Scores of a model with nothing measured but what is given. */
export function scores(given: Partial<Scores> = {}): Scores {
  return { known: ["0", "1"], test: null, pinned: null, holdout: null, cost: null, ...given };
}
