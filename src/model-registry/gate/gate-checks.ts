import { FEWEST_DRAWINGS, type GateCheck, type PairedEvidence } from "../../domain/gate.ts";
import { pValue } from "../../lib/p-value.ts";
import { saying as says } from "../../lib/saying.ts";
import { count, percent, points } from "./figures.ts";
import type { BatchState, Cost, GateParams, Report, Scored } from "./gate-scores.ts";
import { itemsToShow } from "./paired.ts";

/** Comparisons tolerate rounding errors up to this size: a 10,000,000th of one image in 100. */
const TOLERANCE = 1e-9;
/** Two-sided: the drawings count against a candidate that is worse with less chance than this of being as good. */
const SIGNIFICANT = 0.05;

const MEGABYTE = 1_000_000;

/** The candidate's accuracy on the MNIST test set must be at least `threshold`, 0..1. */
export function thresholdCheck(candidate: Report, threshold: number): GateCheck {
  const name = "MNIST accuracy";
  if (!isMeasured(candidate)) return unmeasured(name);
  return {
    name,
    passed: candidate.accuracy >= threshold - TOLERANCE,
    detail: `The candidate classifies ${percent(candidate.accuracy)} of ${count(candidate.n)} MNIST test images correctly; at least ${percent(threshold)} is required`,
    says: says("threshold", { candidate: candidate.accuracy, n: candidate.n, asked: threshold }),
  };
}

/**
 * The candidate must be shown not to be worse than the champion by more than `margin`: a non-inferiority test on MNIST
 * test and pinned drawings, one-sided at 95 %. With fewer than `least` items, evidence is missing.
 */
export function notInferiorCheck(evidence: PairedEvidence, margin: number, least: number): GateCheck {
  const { n, fixed, broken, bound } = evidence;
  const name = "Not worse than the champion";
  if (n < least) {
    return {
      ...missing(name),
      detail: `${count(n)} MNIST test images and pinned drawings are too few: ${count(least)} are required. Raise gate.pinned_digits`,
      says: says("fewReference", { n, needed: least }),
    };
  }
  return {
    name,
    passed: bound >= -margin - TOLERANCE,
    detail: `On ${count(n)} MNIST test images and pinned drawings, the candidate fixes ${count(fixed)} and breaks ${count(broken)}: with 95 % confidence its accuracy changes by at least ${points(bound)}; at worst ${points(-margin)} is allowed`,
    says: says("notInferior", { n, fixed, broken, change: bound, limit: -margin }),
  };
}

/** The same against the base model, which never changes: small losses of many candidates in a row do not add up. */
export function notForgottenCheck(evidence: PairedEvidence, allowed: number): GateCheck {
  const { n, fixed, broken, bound } = evidence;
  return {
    name: "Not worse than the base model",
    passed: bound >= -allowed - TOLERANCE,
    detail: `Against the base model, on the same ${count(n)} images, the candidate fixes ${count(fixed)} and breaks ${count(broken)}: at least ${points(bound)} with 95 % confidence; at worst ${points(-allowed)} is allowed`,
    says: says("notForgotten", { n, fixed, broken, change: bound, limit: -allowed }),
  };
}

/** The recall of no class may be lower than the champion's or the base model's by more than `maxDrop`, 0..1. */
export function floorCheck(evidences: readonly PairedEvidence[], maxDrop: number): GateCheck {
  const name = "No class gets worse";
  const worst = worstClass(evidences);
  if (worst === null) return unmeasured(name);
  const { against, label, n, candidate, other } = worst;
  const drop = other - candidate;
  const owner = against === "base" ? "base model" : "champion";
  return {
    name,
    passed: drop <= maxDrop + TOLERANCE,
    detail: `Worst change in recall: class "${label}" (${count(n)} images), from ${percent(other)} of the ${owner} to ${percent(candidate)} (${points(-drop)}); a drop of at most ${points(maxDrop, false)} is allowed`,
    says: says(against === "base" ? "floorBase" : "floorChampion", {
      label,
      n,
      champion: other,
      candidate,
      change: -drop,
      allowed: maxDrop,
    }),
  };
}

/** The class with the greatest drop in recall, in any of the comparisons; null without classes. */
export function worstClass(evidences: readonly PairedEvidence[]) {
  const all = evidences.flatMap(({ against, classes }) => classes.map((row) => ({ ...row, against })));
  const [worst] = all.toSorted((a, b) => b.other - b.candidate - (a.other - a.candidate));
  return worst ?? null;
}

/** Drawings must not count against the candidate: worse than the champion with p < 0.05 by the exact McNemar test. */
export function drawingsCheck(evidence: PairedEvidence | null, gate: GateParams): GateCheck {
  const isPinned = evidence?.set === "pinned";
  const name = isPinned ? "Pinned drawings" : "Held-out drawings";
  if (evidence === null) {
    return {
      ...unjudged(name),
      detail: "No drawings are held out: they say nothing for or against the candidate",
      says: says("noDrawings", {}),
    };
  }
  const { n, fixed, broken, p, candidate, other } = evidence;
  const figures = { n, fixed, broken, p, champion: other, candidate };
  const measured = `On ${count(n)} ${name.toLowerCase()}, the champion scores ${percent(other)} and the candidate ${percent(candidate)}: ${count(fixed)} fixed, ${count(broken)} broken, p = ${pValue(p)}`;
  const required = Math.max(gate.min_absolute_change, 0);
  const isJudged = !(required <= 0) && n >= gate.min_samples;
  if (isJudged && !(candidate - other >= required - TOLERANCE)) {
    const asked = `a gain of at least ${points(required, false)} is required`;
    return {
      name,
      passed: false,
      detail: `${measured}; ${asked}`,
      says: says(isPinned ? "gainPinned" : "gain", { ...figures, allowed: required }),
    };
  }
  if (n < FEWEST_DRAWINGS) {
    return {
      ...unjudged(name),
      detail: `${measured}; too few to show with p < 0.05 that the candidate is worse: ${FEWEST_DRAWINGS} are required`,
      says: says(isPinned ? "drawingsFewPinned" : "drawingsFew", { ...figures, needed: FEWEST_DRAWINGS }),
    };
  }
  return {
    name,
    passed: broken <= fixed || p >= SIGNIFICANT,
    detail: `${measured}; the candidate must not be worse with p < 0.05`,
    says: says(isPinned ? "drawingsPinned" : "drawings", figures),
  };
}

/** Says that the required gain on held-out drawings is not judged yet, with too few of them; nothing where it is. */
export function gainUnjudged(evidence: PairedEvidence | null, gate: GateParams): GateCheck[] {
  const required = gate.min_absolute_change;
  if (evidence === null || !(required > 0) || evidence.n >= gate.min_samples) return [];
  const { n } = evidence;
  const needed = gate.min_samples;
  return [
    {
      ...unjudged("Gain on held-out drawings"),
      detail: `${count(n)} drawings are held out; from ${count(needed)} on, a gain of at least ${points(required, false)} is required`,
      says: says("gainFew", { n, needed, allowed: required }),
    },
  ];
}

/** Where MNIST does not apply: the least number of held-out drawings for a decision. */
export function enoughDrawingsCheck(n: number, least: number): GateCheck {
  return {
    name: "Enough held-out drawings",
    passed: n >= least,
    ...(n < least && { isMissing: true }),
    detail: `${count(n)} drawings are held out; ${count(least)} are required for a decision, because MNIST has no images of these classes`,
    says: says("enough", { n, needed: least }),
  };
}

/**
 * Where MNIST does not apply: the recall of no class with at least `least` held-out drawings may be lower than the
 * champion's by more than `maxDrop` and more than chance (`p` below 0.05 for the class alone).
 *
 * @param classes pairs of the class alone.
 */
export function classDrawingsCheck(
  classes: readonly ClassEvidence[],
  least: number,
  maxDrop: number,
): GateCheck {
  const name = "No class gets worse";
  const judged = classes.filter(({ n }) => n >= least).toSorted((a, b) => b.drop - a.drop);
  const broken = judged.find(({ drop, p }) => drop > maxDrop + TOLERANCE && p < SIGNIFICANT);
  const worst = broken ?? judged[0];
  if (worst === undefined) {
    return {
      ...unjudged(name),
      detail: `No class has ${count(least)} held-out drawings yet, so none is evaluated alone`,
      says: says("fewOfClass", { needed: least }),
    };
  }
  const { label, n, drop, p } = worst;
  return {
    name,
    passed: broken === undefined,
    detail: `Worst change in recall: class "${label}", ${points(-drop)} on ${count(n)} held-out drawings, p = ${pValue(p)}; a drop of more than ${points(maxDrop, false)} with p < 0.05 is not allowed`,
    says: says("classDrawings", { label, n, change: -drop, p, allowed: maxDrop }),
  };
}

/** The change of one class on held-out drawings. */
export interface ClassEvidence {
  label: string;
  n: number;
  /** The champion's recall less the candidate's. */
  drop: number;
  /** Of the exact McNemar test on the drawings of this class. */
  p: number;
}

/**
 * For a candidate with new classes: the accuracy on drawings of the old classes must not fall by more than
 * `maxForgetting`, 0..1. One drawing may always be lost, because with few drawings it proves nothing.
 *
 * @param evidence on held-out drawings; null when there are none.
 * @param known the classes that the champion has outputs for.
 */
export function oldClassesCheck(
  evidence: PairedEvidence | null,
  known: readonly string[],
  maxForgetting: number,
): GateCheck {
  const name = "Old classes not forgotten";
  const old = evidence?.classes.filter(({ label }) => known.includes(label)) ?? [];
  const n = old.reduce((sum, row) => sum + row.n, 0);
  if (n === 0) {
    return {
      ...unjudged(name),
      detail: "No drawings of the old classes are held out",
      says: says("noOldClass", {}),
    };
  }
  const before = old.reduce((sum, row) => sum + row.n * row.other, 0) / n;
  const after = old.reduce((sum, row) => sum + row.n * row.candidate, 0) / n;
  const allowed = Math.max(maxForgetting, 1 / n);
  return {
    name,
    passed: before - after <= allowed + TOLERANCE,
    detail: `On ${count(n)} drawings of the ${known.length} classes that the champion knows, the champion scores ${percent(before)} and the candidate ${percent(after)} (${points(after - before)}); a drop of at most ${points(allowed, false)} is allowed`,
    says: says("oldClasses", {
      n,
      classes: known.length,
      champion: before,
      candidate: after,
      change: after - before,
      allowed,
    }),
  };
}

/** Confidence must match accuracy: the expected calibration error is limited. @param max 0..1. */
export function calibrationCheck({ report }: Scored, max: number): GateCheck {
  const { ece } = report.calibration;
  return {
    name: "Calibration",
    passed: ece <= max + TOLERANCE,
    detail: `Confidence differs from accuracy by ${points(ece, false)} on average; at most ${points(max, false)} is allowed`,
    says: says("calibration", { gap: ece, allowed: max }),
  };
}

/** One image must be fast, and the weights must not be too large. */
export function costCheck({ bytes, latencyMs }: Cost, gate: GateParams): GateCheck {
  const mb = bytes / MEGABYTE;
  return {
    name: "Latency and size",
    passed: latencyMs <= gate.max_latency_ms && mb <= gate.max_model_mb,
    detail: `An image takes ${latencyMs.toFixed(1)} ms (at most ${gate.max_latency_ms}), and the weights have ${mb.toFixed(1)} MB (at most ${gate.max_model_mb})`,
    says: says("cost", {
      ms: latencyMs.toFixed(1),
      mb: mb.toFixed(1),
      mostMs: String(gate.max_latency_ms),
      mostMb: String(gate.max_model_mb),
    }),
  };
}

/** For `promotion: evidence`: a candidate that is not shown to be better waits for more held-out drawings. */
export function evidenceCheck(holdout: PairedEvidence | null): GateCheck {
  const name = "Shown to be better";
  const asked = "promotion: evidence asks for a gain that the drawings show (p < 0.025)";
  if (holdout === null) {
    return {
      ...missing(name),
      detail: `${asked}; no drawings are held out yet`,
      says: says("evidenceNoHoldout", {}),
    };
  }
  const { n, fixed, broken } = holdout;
  const needed = itemsToShow(holdout);
  const measured = `${asked}; of ${count(n)} held-out drawings, the candidate fixes ${count(fixed)} and breaks ${count(broken)}`;
  return needed === null
    ? { ...missing(name), detail: measured, says: says("evidenceNone", { n, fixed, broken }) }
    : {
        ...missing(name),
        detail: `${measured}; about ${count(needed)} like these would show it`,
        says: says("evidenceMore", { n, fixed, broken, needed }),
      };
}

/** The labels that the candidate was trained on must not be in review as a whole. */
export function batchCheck({ isHeld, n, suspects, reason }: BatchState): GateCheck {
  const name = "Labels";
  if (isHeld && reason !== null) return { name, passed: false, isMissing: true, ...reason };
  if (!isHeld && n === 0) {
    return { ...unjudged(name), detail: "No new labels were screened", says: says("batchNone", {}) };
  }
  return {
    name,
    passed: !isHeld,
    detail: `Of ${count(n)} new labels, ${count(suspects)} are in review and were not trained on`,
    says: says("batch", { n, suspects }),
  };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** Whether a report has figures that can be compared. */
export function isMeasured(report: Report | null): report is Report {
  return report !== null && Number.isInteger(report.n) && report.n > 0 && isShare(report.accuracy);
}

function missing(name: string): Pick<GateCheck, "name" | "passed" | "isMissing"> {
  return { name, passed: false, isMissing: true };
}

function unjudged(name: string): Pick<GateCheck, "name" | "passed" | "isUnjudged"> {
  return { name, passed: true, isUnjudged: true };
}

/** For a metric that is missing: the check fails. */
export function unmeasured(name: string): GateCheck {
  return {
    name,
    passed: false,
    detail: "A metric is missing, and a check without its metric fails",
    says: says("missing", {}),
  };
}
