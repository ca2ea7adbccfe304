import type { GateRecord } from "../domain/gate.ts";
import { chanceChecks } from "./first-gate.ts";
import {
  forgettingCheck,
  holdoutCheck,
  oldClassesCheck,
  perClassCheck,
  thresholdCheck,
} from "./gate-checks.ts";

/** What a model scored on one set of images; an EvaluationReport has this form. */
export interface Report {
  n: number;
  /** 0..1 */
  accuracy: number;
  /** `recall` is null when the set holds no image of that class. */
  per_class: readonly { label: string; n: number; recall: number | null; precision: number | null }[];
}

/** Scores on the MNIST test set (null when no class is a digit), and on the drawings kept aside (null when there are none). */
export interface Scores {
  /** The classes that the model has outputs for. */
  known: readonly string[];
  test: Report | null;
  holdout: Report | null;
}

/** `gate` in server.yml. */
export interface GateParams {
  /** Least accuracy on the MNIST test set, 0..1. */
  threshold: number;
  /** Least gain in accuracy on the holdout; below 0 counts as 0. */
  min_absolute_change: number;
  /** Most that the recall of any one class may fall on the MNIST test set. */
  max_class_drop: number;
  /** Most that the accuracy on the MNIST test set may fall. */
  max_forgetting: number;
  /** How far from chance to always right a model must have come where MNIST cannot judge it, 0..1. */
  first_gain: number;
  /** Holdouts with fewer drawings are reported and not judged. */
  min_samples: number;
}

/**
 * Whether a candidate may replace the champion, with the reasons in words. Both must have been measured on
 * the same images. A figure that is missing or not a number never passes; differences are compared with a
 * tolerance of 1e-9, so that 0.985 is no more than 0.003 below 0.988.
 *
 * Where no class is a digit, MNIST says nothing: then the candidate must be better than chance on the drawings kept
 * aside, as a first model must. Where it has learned new classes, the others must not be forgotten.
 */
export function decideGate(args: { champion: Scores; candidate: Scores; gate: GateParams }): GateRecord {
  const { champion, candidate, gate } = args;
  const checks = [...generalChecks(args), holdoutCheck(champion.holdout, candidate.holdout, gate)];
  if (candidate.known.some((name) => !champion.known.includes(name))) {
    checks.push(oldClassesCheck(champion.holdout, candidate.holdout, champion.known, gate.max_forgetting));
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}

function generalChecks({
  champion,
  candidate,
  gate,
}: Parameters<typeof decideGate>[0]): GateRecord["checks"] {
  if (champion.test === null || candidate.test === null) {
    return chanceChecks(candidate.holdout, gate.first_gain);
  }
  return [
    thresholdCheck(candidate.test, gate.threshold),
    forgettingCheck(champion.test, candidate.test, gate.max_forgetting),
    perClassCheck(champion.test, candidate.test, gate.max_class_drop),
  ];
}
