import type { Drawing } from "./drawing.ts";

export type Split = "train" | "holdout";

/**
 * `negative` is a drawing of none of the classes: it has no label, and teaches the model not to know.
 * `rejected` is one that was withdrawn: kept, never trained on.
 */
export type SampleState = "labelled" | "negative" | "rejected";

export interface NewSample {
  /** Raw strokes, or null when only pixels were given. */
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  preprocessing: number;
  /** Null for a drawing of none of the classes, which is stored as `negative`. */
  label: string | null;
  predicted: string | null;
  /** 0..1, of `predicted`. */
  confidence: number | null;
  modelVersion: number | null;
  predictionId: string | null;
  writer: string | null;
  /** One sitting of somebody without a name. A group (writer, else session) is never on both sides of the split. */
  session: string | null;
  /** Where it came from: "draw", "api", "import". */
  source: string;
}

export interface Sample extends NewSample {
  /** UUIDv7: ordered by time of creation. */
  id: string;
  split: Split;
  state: SampleState;
  createdAt: string;
  updatedAt: string;
}

export interface SampleQuery {
  /** Opaque, from the page before. */
  cursor?: string;
  label?: string;
  split?: Split;
  state?: SampleState;
  writer?: string;
  /** 1..200, default 50. Newest first. */
  limit?: number;
}

export interface SampleStats {
  total: number;
  byLabel: Record<string, number>;
  bySplit: Record<Split, number>;
  /** Of those to train on. */
  byLabelInTrain: Record<string, number>;
  /** Labelled samples where `predicted` is known, and how many of those were right. */
  predicted: number;
  correct: number;
  /** Drawings of none of the classes; they are in none of the counts above. */
  negatives: number;
}
