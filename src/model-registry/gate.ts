import type { GateRecord } from "../domain/gate.ts";
import { chanceChecks } from "./first-gate.ts";
import {
  forgettingCheck,
  holdoutCheck,
  oldClassesCheck,
  perClassCheck,
  thresholdCheck,
} from "./gate-checks.ts";
import type { GateParams, Scores } from "./gate-scores.ts";

/**
 * Decides whether a candidate may replace the champion, with the reasons. Both must have been evaluated on the same
 * images. A metric that is missing or not a number never passes; differences are compared with a tolerance of 1e-9,
 * so that 0.985 is no more than 0.003 below 0.988.
 *
 * Where no class is a digit, MNIST does not apply: the candidate must then be better than chance on held-out drawings,
 * like a first model. If it has new classes, it must not forget the old ones.
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
