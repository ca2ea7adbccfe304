import { type Proportion, proportion } from "../monitoring/proportion.ts";
import { LEAST_KNOWN } from "./check-choice.ts";
import { type Agreement, type AnswerPairs, agreementOf } from "./kappa.ts";
import { answerOfKey } from "./opinion.ts";
import type { AgreementCounts, LabellerCounts } from "./opinion-store.ts";
import type { QueueAnswer } from "./question.ts";

/** The fewest drawings that two labellers must have in common to be compared. */
export const LEAST_COMMON = 10;
/** Pairs of answers that are listed as confused. */
const MOST_CONFUSED = 10;
/** A pause between two answers that is longer is not counted as labelling: two minutes, in milliseconds. */
export const PAUSE_MS = 120_000;
/** The fewest answers that a pace is told of. */
export const LEAST_FOLLOWED = 30;

/** Two answers that people have given to the same drawings. */
export interface Confused {
  answers: readonly [QueueAnswer, QueueAnswer];
  /** Drawings that got both. */
  n: number;
  /** Drawings that got at least one of them. */
  of: number;
}

/** How far those who label agree. */
export interface AgreementReport {
  opinions: number;
  drawings: number;
  /** Labels with the first second opinion on each. */
  all: Agreement;
  pairs: { labellers: readonly [string, string]; agreement: Agreement }[];
  /** Pairs of labellers that are not listed: with too few drawings in common, or beyond the longest list. */
  morePairs: number;
  /** The most frequent first. */
  confused: Confused[];
  /** `isEnough`: known answers are put to labellers only then. */
  known: { pool: number; least: number; isEnough: boolean };
  contested: AgreementCounts["contested"];
}

/** Reports how far those who label agree. */
export function agreementReport(counts: AgreementCounts): AgreementReport {
  const { opinions, drawings, firstPairs, knownPool, contested } = counts;
  const all = counts.byLabellers.map(({ labellers, pairs }) => ({
    labellers,
    agreement: agreementOf(pairs),
  }));
  const pairs = all.filter(({ agreement }) => agreement.equal.n >= LEAST_COMMON);
  return {
    ...{ opinions, drawings, all: agreementOf(firstPairs), pairs, contested },
    morePairs: all.length - pairs.length + counts.moreLabellers,
    confused: confusedIn(firstPairs),
    known: { pool: knownPool, least: LEAST_KNOWN, isEnough: knownPool >= LEAST_KNOWN },
  };
}

/** The pairs of different answers, whichever came first, the most frequent first. */
export function confusedIn(pairs: readonly AnswerPairs[]): Confused[] {
  const counts = new Map<string, { keys: readonly [string, string]; n: number }>();
  for (const { first, second, n } of pairs) {
    if (first === second) continue;
    const keys = first < second ? ([first, second] as const) : ([second, first] as const);
    const key = JSON.stringify(keys);
    counts.set(key, { keys, n: (counts.get(key)?.n ?? 0) + n });
  }
  const withEither = ([a, b]: readonly [string, string]) =>
    pairs
      .filter(({ first, second }) => [a, b].includes(first) || [a, b].includes(second))
      .reduce((sum, { n }) => sum + n, 0);
  return [...counts.values()]
    .toSorted((a, b) => b.n - a.n || (a.keys.join() < b.keys.join() ? -1 : 1))
    .slice(0, MOST_CONFUSED)
    .map(({ keys, n }) => ({
      answers: [answerOfKey(keys[0]), answerOfKey(keys[1])] as const,
      ...{ n, of: withEither(keys) },
    }));
}

/** The score of a labeller. */
export interface LabellerScore {
  labeller: string;
  answers: number;
  /** Share of right ones among the known answers, with Wilson's interval. */
  known: Proportion & { right: number };
  /** Share of answers equal to someone else's, among the drawings with an answer of someone else. */
  others: Proportion & { equal: number };
  /** Answers an hour while active, pauses of more than `PAUSE_MS` left out; null for fewer than `LEAST_FOLLOWED`. */
  perHour: number | null;
  /** ISO 8601, UTC. */
  lastAt: string;
}

/** Scores a labeller. */
export function labellerScore(counts: LabellerCounts): LabellerScore {
  const { labeller, answers, known, right, shared, equal, followed, activeMs, lastAt } = counts;
  const isPaced = followed >= LEAST_FOLLOWED && activeMs > 0;
  return {
    ...{ labeller, answers, lastAt },
    known: { ...proportion(right, known), right },
    others: { ...proportion(equal, shared), equal },
    perHour: isPaced ? followed / (activeMs / 3_600_000) : null,
  };
}
