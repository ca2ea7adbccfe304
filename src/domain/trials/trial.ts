import type { Actor } from "../actor.ts";

/** The alias of the version that is on trial against the champion. */
export const CHALLENGER = "challenger";

/** `challenge`: a new version against the champion. `watch`: after a promotion, the previous champion as the control. */
export const TRIAL_KINDS = ["challenge", "watch"] as const;
/** A trial waits while another of its kind runs. */
export const TRIAL_STATES = ["waiting", "running", "ended"] as const;

/**
 * How a trial ended. `promoted`, `worse`, `no_difference`: of a challenge. `rolled_back`, `confirmed`: of a watch.
 * `advised`: decided, but nothing was moved, because promotion is manual. `stopped`: by a person. `superseded`: a newer version waits instead. `champion_changed`: the pairs were of another
 * champion. `unusable`: a model could not be loaded, promoted or rolled back.
 */
export const TRIAL_OUTCOMES = [
  "promoted",
  "worse",
  "no_difference",
  "rolled_back",
  "confirmed",
  "advised",
  "stopped",
  "superseded",
  "champion_changed",
  "unusable",
] as const;

/** One of `TRIAL_KINDS`. */
export type TrialKind = (typeof TRIAL_KINDS)[number];
/** One of `TRIAL_OUTCOMES`. */
export type TrialOutcome = (typeof TRIAL_OUTCOMES)[number];

/** The rules of a trial, fixed when it starts: a change of server.yml applies to the next one. */
export interface TrialRules {
  /** In (0, 1): the greatest probability that two equally good models ever lead to a decision, in each direction. */
  falseAlarmRate: number;
  /** Labels after which a trial without a decision ends. */
  maxLabels: number;
  /** Whether a challenger is then dropped or promoted. */
  withoutDifference: "keep_champion" | "promote";
  /** In (0, 1]: the greatest share of the decisive pairs that one writer may have. */
  maxWriterShare: number;
  /** In [0, 1): the share of the champion's mistakes that people may confirm without noticing. */
  unnoticedMistakes: number;
}

/** The counts of a trial and what follows from them. */
export interface TrialTally {
  /** Pairs that count. */
  n: number;
  bothCorrect: number;
  championOnly: number;
  otherOnly: number;
  neither: number;
  /** Decisive pairs that do not count, because their writer has reached the greatest share. */
  capped: number;
  /** Writers with a name among the pairs. */
  writers: number;
  /** The decisive pairs whose label was given without seeing a prediction. */
  unprompted: { championOnly: number; otherOnly: number };
  byClass: Record<string, { n: number; championOnly: number; otherOnly: number }>;
  /** log₁₀ of the e-value of "the other model is better", and of "the other model is worse". */
  better: number;
  worse: number;
  /** Both after so many pairs; at most 120 points. */
  curve: { n: number; better: number; worse: number }[];
}

/** A comparison of two models on the drawings that people label. */
export interface Trial {
  id: number;
  kind: TrialKind;
  /** The live version; null while the trial waits. */
  champion: number | null;
  /** The challenger, or the control of a watch. */
  other: number;
  state: (typeof TRIAL_STATES)[number];
  outcome: TrialOutcome | null;
  /** The deployment that a watch follows. */
  deployment: number | null;
  startedBy: Actor | null;
  endedBy: Actor | null;
  reason: string;
  /** One English sentence with its values; null before the end. */
  endReason: string | null;
  rules: TrialRules;
  tally: TrialTally;
  /** Writers with a name among the newest labels before the trial. */
  writersBefore: number;
  /** The arrival of the last sample that was read. */
  seenArrival: string | null;
  /** Whether the pairs have changed since they were counted. */
  isStale: boolean;
  /** ISO 8601, UTC. */
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** A labelled drawing with the predictions of both models. */
export interface TrialPair {
  sampleId: string;
  arrival: string;
  /** Null when the label was withdrawn. */
  label: string | null;
  championLabel: string;
  otherLabel: string;
  writer: string | null;
  /** Whether the person had seen a prediction before labelling. */
  isPrompted: boolean;
}

/** A pair as it is counted: without what names it, because thousands are read at a time. */
export type CountedPair = Omit<TrialPair, "sampleId" | "arrival">;

/** A drawing that a person has labelled here. */
export interface LabelledDrawing {
  id: string;
  arrival: string;
  pixels: Uint8Array;
  label: string;
  writer: string | null;
  isPrompted: boolean;
}

/** log₁₀ of the e-value that decides a trial: 1/α. */
export function neededEvidence({ falseAlarmRate }: Pick<TrialRules, "falseAlarmRate">): number {
  return -Math.log10(falseAlarmRate);
}

/** The counts of a trial without pairs. */
export const EMPTY_TALLY: TrialTally = {
  ...{ n: 0, bothCorrect: 0, championOnly: 0, otherOnly: 0, neither: 0, capped: 0, writers: 0 },
  unprompted: { championOnly: 0, otherOnly: 0 },
  byClass: {},
  better: 0,
  worse: 0,
  curve: [],
};
