import type { Actor } from "./actor.ts";
import type { Drawing } from "./drawing.ts";
import type { SampleReview } from "./samples/review.ts";

/** The sides of the split. */
export const SPLITS = ["train", "holdout"] as const;
/** The side of the split that a sample is on; drawn once per writer or session. */
export type Split = (typeof SPLITS)[number];

/** The states of a sample. */
export const SAMPLE_STATES = ["labelled", "negative", "rejected"] as const;
/**
 * The state of a sample. `negative`: a drawing of none of the classes, without a label; it teaches the model to be
 * undecided. `rejected`: withdrawn; it is kept but never trained on.
 */
export type SampleState = (typeof SAMPLE_STATES)[number];

/** A sample that is not yet stored. */
export interface NewSample {
  /** Raw strokes, or null when only pixels were given. */
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  /** The `PREPROCESSING_VERSION` that rendered `pixels`. */
  preprocessing: number;
  /** Null for a drawing of none of the classes, which is stored as `negative`. */
  label: string | null;
  predicted: string | null;
  /** 0..1, of `predicted`. */
  confidence: number | null;
  /**
   * The answer that was shown, where the memory of the person had a part in it; otherwise null. `predicted` is what the
   * model alone said.
   */
  shown: string | null;
  modelVersion: number | null;
  predictionId: string | null;
  writer: string | null;
  /** The session of an anonymous writer. A group (writer, otherwise session) is never on both sides of the split. */
  session: string | null;
  /**
   * The sitting, see `Person`; never shown or exported. Unlike a session it lasts until someone else draws, so it says
   * whose memory a drawing without a writer belongs to.
   */
  sitting: string | null;
  /** Its origin: "draw", "api" or "import". */
  source: string;
  /** Who stored it; null for one that an earlier release stored. */
  actor: Actor | null;
}

/** A stored sample. Times are ISO 8601, UTC. */
export interface Sample extends NewSample {
  /** UUIDv7: ordered by time of creation. */
  id: string;
  /**
   * UUIDv7: ordered by time of arrival in this store. Equal to `id`, except of an imported sample that kept the id of
   * another store. What a run has seen, and what is new since, is decided by it.
   */
  arrival: string;
  split: Split;
  state: SampleState;
  review: SampleReview;
  createdAt: string;
  updatedAt: string;
}

/** Counts of samples. */
export interface SampleStats {
  total: number;
  byLabel: Record<string, number>;
  bySplit: Record<Split, number>;
  /** Labelled samples on the training side of the split, by label. */
  byLabelInTrain: Record<string, number>;
  /** Labelled samples with a prediction, and how many of those predictions were correct. */
  predicted: number;
  correct: number;
  /** Drawings of none of the classes; not included in the counts above. */
  negatives: number;
}

/** The drawing of a stored sample. */
export interface StoredDrawing {
  id: string;
  drawing: Drawing;
}

/** A new image of a stored drawing. */
export interface RenderedImage {
  /** The sample's. */
  id: string;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
}
