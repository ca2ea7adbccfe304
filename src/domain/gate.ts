import * as v from "valibot";
import type { Saying } from "../lib/saying.ts";
import { OptionalSaying } from "./saying.ts";

/**
 * The gate's verdicts. `better`: more accurate than the champion, with statistical confidence. `not_worse`: not less
 * accurate, by more than the margin. `held`: evidence is missing, or labels are in review. `rejected`: less accurate,
 * or a floor or limit is broken.
 */
export const VERDICTS = ["better", "not_worse", "held", "rejected"] as const;
/** The gate's verdict about a candidate. */
export type Verdict = (typeof VERDICTS)[number];

/** The gate's decision about a candidate: whether it may replace the champion, and why. */
export interface GateRecord {
  /** Whether the verdict is `better` or `not_worse`. */
  passed: boolean;
  /** Absent from records of older releases. */
  verdict?: Verdict | undefined;
  /** The verdict in one sentence, with its figures; absent from records of older releases. */
  summary?: GateSentence | undefined;
  checks: GateCheck[];
  /** The comparisons behind the checks; absent from records of older releases. */
  evidence?: PairedEvidence[] | undefined;
}

/** A sentence in English, and the same as data. */
export interface GateSentence {
  detail: string;
  says?: Saying | undefined;
}

/** One rule of the gate, and whether the candidate passed it. */
export interface GateCheck extends GateSentence {
  name: string;
  passed: boolean;
  /** Whether it is not passed only because evidence is missing: the candidate is then held, not rejected. */
  isMissing?: boolean | undefined;
  /** Whether there is nothing, or too little, to evaluate it by: it then counts neither for nor against the candidate. */
  isUnjudged?: boolean | undefined;
}

/** A comparison of the candidate with another model on the same items. Shares, 0..1. */
export interface PairedEvidence {
  /** `reference` (MNIST test and pinned drawings together), `mnist_test`, `pinned` or `app_holdout`. */
  set: string;
  against: "champion" | "base";
  /** Items. */
  n: number;
  /** Accuracies. */
  candidate: number;
  other: number;
  /** Items that only the candidate, or only the other model, classifies correctly. */
  fixed: number;
  broken: number;
  /** Of the exact McNemar test, two-sided. */
  p: number;
  /** The one-sided 95 % lower bound of the difference in accuracy. */
  bound: number;
  /** The 95 % bootstrap interval of the difference in accuracy. */
  low: number;
  high: number;
  /** Recalls by class, of the classes with items. */
  classes: { label: string; n: number; candidate: number; other: number }[];
}

const share = v.fallback(v.number(), 0);
const count = v.fallback(v.number(), 0);

const EvidenceSchema = v.object({
  set: v.string(),
  against: v.picklist(["champion", "base"]),
  n: count,
  candidate: share,
  other: share,
  fixed: count,
  broken: count,
  p: v.fallback(v.number(), 1),
  bound: share,
  low: share,
  high: share,
  classes: v.fallback(v.array(v.object({ label: v.string(), n: count, candidate: share, other: share })), []),
});

/** A decision as stored. Fields of a check that an older release did not record get defaults. */
export const GateSchema = v.object({
  passed: v.boolean(),
  verdict: v.exactOptional(v.fallback(v.optional(v.picklist(VERDICTS)), undefined)),
  summary: v.exactOptional(
    v.fallback(v.optional(v.object({ detail: v.string(), says: OptionalSaying })), undefined),
  ),
  checks: v.array(
    v.object({
      name: v.fallback(v.string(), ""),
      passed: v.fallback(v.boolean(), false),
      isMissing: v.exactOptional(v.fallback(v.optional(v.boolean()), undefined)),
      isUnjudged: v.exactOptional(v.fallback(v.optional(v.boolean()), undefined)),
      detail: v.fallback(v.string(), ""),
      says: OptionalSaying,
    }),
  ),
  evidence: v.exactOptional(v.fallback(v.optional(v.array(EvidenceSchema)), undefined)),
});

/** Reads a decision. @returns null when the value is not a decision. */
export function decodeGate(value: unknown): GateRecord | null {
  const result = v.safeParse(GateSchema, value);
  return result.success ? result.output : null;
}

/** The verdict of a decision; for one of an older release, what it amounts to. */
export function verdictOf({ verdict, passed }: Pick<GateRecord, "verdict" | "passed">): Verdict {
  return verdict ?? (passed ? "not_worse" : "rejected");
}

/**
 * Fewer drawings can never show with p < 0.05 that a candidate is worse than the champion, not even if it breaks all of
 * them: the exact McNemar test then gives p = 2 · ½ⁿ.
 */
export const FEWEST_DRAWINGS = 6;

/** The result of a check. `missing`: not passed, because evidence is missing. `unjudged`: neither passed nor failed. */
export type CheckResult = "passed" | "failed" | "missing" | "unjudged";

/** Sentences of older releases about checks that had nothing to go by, and were recorded as passed. */
const UNJUDGED =
  /^(No drawings are held out: they say|No class has [\d,]+ held-out drawings|Reported only|Of 0 new labels, )/;

/** The result of a check. */
export function resultOf(check: GateCheck): CheckResult {
  const { passed, isMissing, isUnjudged, detail } = check;
  if (!passed) return isMissing === true ? "missing" : "failed";
  return (isUnjudged ?? (UNJUDGED.test(detail) || isOnFewDrawings(check))) ? "unjudged" : "passed";
}

/** Whether a check of an older release compared so few drawings that it could not fail. */
function isOnFewDrawings({ says }: GateCheck): boolean {
  const isOfDrawings = says?.key === "drawings" || says?.key === "drawingsPinned";
  return isOfDrawings && Number(says.figures.n) < FEWEST_DRAWINGS;
}

/** `APP_HOLDOUT`, whose file imports this one. */
const HELD_OUT = "app_holdout";

/** The comparison with the champion on held-out drawings; null without one. */
export function holdoutOf({
  evidence = [],
}: {
  evidence?: readonly PairedEvidence[] | undefined;
}): PairedEvidence | null {
  return evidence.find(({ set, against }) => set === HELD_OUT && against === "champion") ?? null;
}

/** Whether a candidate is held because its labels are in review. */
export function isInReview({ checks }: GateRecord): boolean {
  return checks.some(({ isMissing, says }) => isMissing === true && says?.key.startsWith("held") === true);
}
