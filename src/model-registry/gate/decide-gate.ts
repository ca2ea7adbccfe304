import type { GateCheck, GateRecord, PairedEvidence } from "../../domain/gate.ts";
import { compare, REFERENCE, referenceOf } from "./evidence.ts";
import { chanceChecks } from "./first-gate.ts";
import {
  batchCheck,
  type ClassEvidence,
  calibrationCheck,
  classDrawingsCheck,
  costCheck,
  drawingsCheck,
  enoughDrawingsCheck,
  evidenceCheck,
  floorCheck,
  gainUnjudged,
  isMeasured,
  notForgottenCheck,
  notInferiorCheck,
  oldClassesCheck,
  thresholdCheck,
  unmeasured,
} from "./gate-checks.ts";
import type { BatchState, GateParams, Scored, Scores } from "./gate-scores.ts";
import { countPairs, mcNemar } from "./paired.ts";
import { verdictFrom } from "./verdict.ts";

const SETS = ["test", "pinned", "holdout"] as const;

/** Everything that the gate weighs. */
export interface GateInputs {
  /** In the order of the models' labels. */
  classes: readonly string[];
  champion: Scores;
  candidate: Scores;
  /** Null for a project whose classes the base model does not know. */
  base: Scores | null;
  batch: BatchState;
  gate: GateParams;
}

/**
 * Decides whether a candidate may replace the champion, with the reasons. All models must have been evaluated on the
 * same items. A metric that is missing or not a number never passes; differences are compared with a tolerance of 1e-9,
 * so that 0.985 is no more than 0.003 below 0.988.
 *
 * Where digits are among the classes, MNIST test and pinned drawings must show that it is not worse, against the
 * champion and the base model; held-out drawings must not count against it. Where none is, MNIST does not apply and
 * there is no base model: held-out drawings alone decide, so there must be enough of them. They must then also show
 * that the candidate is better than chance. If it has new classes, it must not forget the old ones.
 */
export function decideGate(inputs: GateInputs): GateRecord {
  const { champion, candidate, classes, gate, batch } = inputs;
  const unpaired = SETS.filter((set) => (candidate[set] === null) !== (champion[set] === null));
  if (unpaired.length > 0) return verdictFrom(unpaired.map(unmeasured), [], null);
  const holdout = pairOf("app_holdout", candidate.holdout, champion.holdout, classes);
  const pinned = pairOf("pinned", candidate.pinned, champion.pinned, classes);
  const [candidateRef, championRef] = [referenceOf(candidate), referenceOf(champion)];
  const applies = candidate.test !== null && candidateRef !== null && championRef !== null;
  const decided = applies
    ? byReference(inputs, candidateRef, championRef)
    : { checks: byDrawings(inputs, holdout, pinned), evidence: pinned === null ? [] : [pinned] };
  const checks = [
    ...decided.checks,
    ...(applies ? [drawingsCheck(holdout, gate), ...gainUnjudged(holdout, gate)] : []),
  ];
  if (candidate.known.some((name) => !champion.known.includes(name))) {
    checks.push(oldClassesCheck(holdout, champion.known, gate.max_forgetting));
  }
  if (candidate.cost !== null) checks.push(costCheck(candidate.cost, gate));
  checks.push(batchCheck(batch));
  // Decides nothing: it shows what all labels together have brought.
  const sinceBase = pairOf("app_holdout", candidate.holdout, inputs.base?.holdout ?? null, classes, "base");
  const evidence = [holdout, ...decided.evidence, sinceBase].filter((one) => one !== null);
  const margin = applies ? gate.margin : null;
  const record = verdictFrom(checks, evidence, margin);
  if (gate.promotion !== "evidence" || record.verdict !== "not_worse") return record;
  return verdictFrom([...checks, evidenceCheck(holdout)], evidence, margin);
}

function byReference(
  { candidate, champion, base, classes, gate }: GateInputs,
  candidateRef: Scored,
  championRef: Scored,
): { checks: GateCheck[]; evidence: PairedEvidence[] } {
  const toChampion = compare(REFERENCE, "champion", candidateRef, championRef, classes);
  const baseRef = base === null ? null : referenceOf(base);
  const toBase = baseRef === null ? null : compare(REFERENCE, "base", candidateRef, baseRef, classes);
  // A class that a model has no output for is not its to lose.
  const both = [
    knownTo(toChampion, champion.known),
    ...(toBase === null ? [] : [knownTo(toBase, base!.known)]),
  ];
  return {
    checks: [
      thresholdCheck(candidate.test!.report, gate.threshold),
      notInferiorCheck(toChampion, gate.margin, gate.min_evidence),
      ...(toBase === null ? [] : [notForgottenCheck(toBase, gate.max_forgetting)]),
      floorCheck(both, gate.max_class_drop),
      calibrationCheck(candidateRef, gate.max_calibration_error),
    ],
    evidence: [toChampion, ...(toBase === null ? [] : [toBase])],
  };
}

function knownTo(evidence: PairedEvidence, known: readonly string[]): PairedEvidence {
  return { ...evidence, classes: evidence.classes.filter(({ label }) => known.includes(label)) };
}

function byDrawings(
  { candidate, champion, classes, gate }: GateInputs,
  holdout: PairedEvidence | null,
  pinned: PairedEvidence | null,
): GateCheck[] {
  const report = candidate.holdout?.report ?? null;
  return [
    enoughDrawingsCheck(isMeasured(report) ? report.n : 0, gate.min_samples),
    ...chanceChecks(report, gate.first_gain),
    drawingsCheck(holdout, gate),
    ...(pinned === null ? [] : [drawingsCheck(pinned, gate)]),
    classDrawingsCheck(
      classEvidence(candidate.holdout, champion.holdout, classes),
      gate.min_samples,
      gate.max_class_drop,
    ),
  ];
}

/** The pairs of each class alone. */
function classEvidence(
  candidate: Scored | null,
  champion: Scored | null,
  classes: readonly string[],
): ClassEvidence[] {
  if (candidate === null || champion === null) return [];
  return classes.map((label, k) => {
    const isClass = (_: number, i: number) => candidate.labels[i] === k;
    const pairs = countPairs(
      candidate.labels.filter(isClass),
      candidate.predicted.filter(isClass),
      champion.predicted.filter(isClass),
    );
    const drop = pairs.n === 0 ? 0 : (pairs.broken - pairs.fixed) / pairs.n;
    return { label, n: pairs.n, drop, p: mcNemar(pairs) };
  });
}

function pairOf(
  set: string,
  candidate: Scored | null,
  other: Scored | null,
  classes: readonly string[],
  against: PairedEvidence["against"] = "champion",
): PairedEvidence | null {
  if (candidate === null || other === null) return null;
  return compare(set, against, candidate, other, classes);
}
