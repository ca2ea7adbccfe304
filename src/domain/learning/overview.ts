import type { ModelState } from "../model.ts";
import type { Proportion } from "../monitoring/proportion.ts";
import type { CURVE_KINDS } from "./learning-curve.ts";

/** One run that trained on drawings, evaluated on the drawings that were held out then. All shares are of mistakes. */
export interface HeldOutPoint {
  version: number;
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  state: ModelState;
  /** Drawings that had been given by then: trained on, held out and left out; null when the run did not record them. */
  given: number | null;
  /** Held-out drawings: the same ones for the three models below. */
  n: number;
  candidate: Proportion;
  /** The champion at the time; null when there was none. */
  champion: Proportion | null;
  /** The base model; null where it has other classes. */
  base: Proportion | null;
  /** The change from the base model, or else from the champion. */
  change: HeldOutChange | null;
}

/** Two models on the same held-out drawings. */
export interface HeldOutChange {
  against: "base" | "champion";
  /** Drawings that only the candidate, or only the other model, classifies correctly. */
  fixed: number;
  broken: number;
  /** Of the exact McNemar test, two-sided. */
  p: number;
  /** 95 % bootstrap interval over writers of the change in the share of mistakes, −1..1: below 0 is a gain. */
  low: number;
  high: number;
}

/** One number of labels on the measured curve. */
export interface CurvePoint {
  labels: number;
  /** Share of mistakes, 0..1, with its 95 % bootstrap interval over writers. */
  share: number;
  low: number;
  high: number;
}

/** The measured learning curve. */
export interface CurveReport {
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  by: (typeof CURVE_KINDS)[number];
  folds: number;
  /** Different drawings, and how many of them are held-out ones. */
  drawings: number;
  heldOut: number;
  /** Groups that were resampled: writers and sessions, or drawings. */
  groups: number;
  trained: number;
  seconds: number;
  points: CurvePoint[];
  /** The fitted power law, at numbers of labels up to those after the next 100. */
  line: { labels: number; share: number }[];
}

/** The reasons why nothing is forecast. */
export const NO_FORECAST = [
  "not_measured",
  "few_sizes",
  "few_mistakes",
  "no_gain",
  "flat",
  "uncertain",
  "too_far",
] as const;

/** Values of the sentence that gives the reason, by name. */
interface ForecastValues {
  values: Readonly<Record<string, number>>;
}

/** The gain that the next labels would bring, or why it is not known. */
export type Forecast =
  | ({ kind: "none"; reason: (typeof NO_FORECAST)[number] } & ForecastValues)
  | {
      kind: "gain";
      /** Labels that a person gives, and how many of them are trained on: the others are held out. */
      labels: number;
      trained: number;
      /** Labels trained on so far. */
      now: number;
      /** Shares of mistakes by the fitted curve, 0..1. */
      before: number;
      after: number;
      /** before − after, with its 95 % bootstrap interval over writers. */
      gain: number;
      low: number;
      high: number;
    };

/** The mistakes on one class's or one writer's drawings. */
export interface Need {
  key: string;
  /** Share of mistakes. */
  errors: Proportion;
  wrong: number;
  /** Mistakes beyond those that the share of all others would give; negative where there are fewer. */
  excess: number;
  /** One-sided p of Fisher's exact test against all others, adjusted for the number of rows (Holm). */
  p: number;
  /** Whether more mistakes than on the others are shown: p < 0.05. */
  isShown: boolean;
}

/** Classes or writers, those first that more labels would help most. */
export interface Needs {
  rows: Need[];
  /** Those with too few drawings for a row. */
  leftOut: number;
}

/** Everything that the Learning page reports but for single people. */
export interface LearningOverview {
  /** Labelled drawings now, by side. */
  labels: { train: number; holdout: number };
  /** Oldest first. */
  heldOut: HeldOutPoint[];
  curve: CurveReport | null;
  forecast: Forecast;
  /** Null without a model. */
  liveVersion: number | null;
  /** Since when the live version's predictions are counted below, ISO 8601 UTC; null for all time. */
  since: string | null;
  classes: Needs;
  /** Labels in training by class, of the classes that have some. */
  inTraining: Readonly<Record<string, number>>;
  writers: Needs;
  /** Drawings without a writer, which are counted among the others. */
  unnamed: number;
  /** Writers with the most labels, for a person to choose from. */
  names: string[];
}

/** Mistakes on up to 20 labelled drawings of a person, in sequence. */
export interface ProgressGroup {
  /** The person's labelled drawings, counted from 1: first and last of the group. */
  from: number;
  to: number;
  /** ISO 8601, UTC, of the first. */
  at: string;
  /** Share of mistakes of the model alone, and of what was shown. */
  model: Proportion;
  shown: Proportion;
}

/** A person's mistakes over time, by the model alone and with their personal memory. */
export interface PersonProgress {
  writer: string;
  /** All labelled drawings of the person. */
  total: number;
  groups: ProgressGroup[];
  /** Of all drawings in the groups. */
  model: Proportion;
  shown: Proportion;
  /** Drawings whose prediction memory made correct, and incorrect. */
  fixed: number;
  broken: number;
  /** Of the exact McNemar test, two-sided. */
  p: number;
}
