import type { SampleState, Split } from "../../sample.ts";

/** Whether the model's prediction is the label. */
export const CORRECTNESS = ["right", "wrong"] as const;
/** One of these. */
type Correctness = (typeof CORRECTNESS)[number];

/** The conditions of a contact sheet: a sample must meet all that are given. */
export interface SampleFilter {
  label?: string;
  /** The class that the model predicted. */
  predicted?: string;
  /** Of labelled samples with a prediction. */
  correctness?: Correctness;
  /** 0..1, inclusive. */
  minConfidence?: number;
  maxConfidence?: number;
  writer?: string;
  modelVersion?: number;
  split?: Split;
  /** `negative`: none of the classes. `rejected`: withdrawn. */
  state?: SampleState;
  /** ISO 8601 UTC: stored at or after. */
  from?: string;
  /** ISO 8601 UTC: stored before. */
  until?: string;
  source?: string;
  /** Whether memory changed the answer that was shown. */
  isPersonal?: boolean;
  /** The start of an id, or a part of a writer's name. */
  search?: string;
  /** Only what has arrived up to this `arrival`: what is stored while someone selects is not selected. */
  arrivedBy?: string;
}

/** A filter and page of a list of samples, newest first. */
export interface SampleQuery extends SampleFilter {
  /** Opaque, from the previous page. */
  cursor?: string;
  /** 1..200, default 50. */
  limit?: number;
}
