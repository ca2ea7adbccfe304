import type { Actor } from "../actor.ts";

/**
 * The states of a label's review. `passed`: screening found nothing. `suspect`: the model is confident of another class.
 * `held`: its batch, or its writer's part of it, is in review as a whole. `confirmed`: a person has looked at it again,
 * and it is right. `pinned`: an operator has put the drawing aside to evaluate models on; nothing trains on it.
 */
export const REVIEWS = ["passed", "suspect", "held", "confirmed", "pinned"] as const;
/** The state of a label's review. */
export type Review = (typeof REVIEWS)[number];

/** The reviews of labels that wait for a person: nothing trains on them until then. */
export const IN_REVIEW = ["suspect", "held"] as const satisfies readonly Review[];

/** Those who put a label in review: the model that screened it, someone's second opinion, or a person in the grid. */
export const REVIEWERS = ["model", "opinion", "person"] as const;
/** Who has put a label in review. */
export type Reviewer = (typeof REVIEWERS)[number];

/** The review of a stored label. */
export interface SampleReview {
  /** Null for a label that was never screened. */
  state: Review | null;
  /** Who has put it in review; null when it is not. */
  by: Reviewer | null;
  /** The run that screened it. */
  runId: string | null;
  /** The class that the screening model read, and the probability that it gave the label, 0..1; null when it has not. */
  reading: string | null;
  p: number | null;
  /** Who has left a suspect label to review by hand; null for every other one. */
  leftBy: Actor | null;
}

/** The result of screening one label. */
export interface ScreeningMark {
  /** The sample's id. */
  id: string;
  /** The label that was screened: a label that has changed since is not marked. */
  label: string;
  state: "passed" | "suspect" | "held";
  reading: string | null;
  p: number | null;
}

/** A filter and page of the labels in review, the least probable first. */
export interface ReviewQuery {
  state: (typeof IN_REVIEW)[number];
  /** Only those that this run has put into review. */
  runId?: string;
  /** Opaque, from the previous page. */
  cursor?: string;
  /** 1..200, default 50. */
  limit?: number;
}

/** Counts of the labels in review, and of pinned drawings. */
export interface ReviewCounts {
  suspect: number;
  held: number;
  pinned: number;
  /** The runs that hold labels, the newest first: all their labels in review, and those of them that are held. */
  batches: { runId: string; n: number; held: number }[];
}
