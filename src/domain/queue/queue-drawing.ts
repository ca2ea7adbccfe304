import type { Actor } from "../actor.ts";
import type { Drawing } from "../drawing.ts";
import type { DrawingScores } from "./scores.ts";

/** A drawing without a label that is not stored yet. */
export interface NewQueueDrawing {
  /** Of an export; absent for a new one. */
  id?: string;
  /** ISO time of an export; absent for now. */
  createdAt?: string;
  /** Raw strokes, or null when only pixels were given. */
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  /** The `PREPROCESSING_VERSION` that rendered `pixels`. */
  preprocessing: number;
  writer: string | null;
  session: string | null;
  /** Its origin: "api" or "import". */
  source: string;
  actor: Actor | null;
}

/** A drawing of the pool: one without a label. */
export interface QueueDrawing extends NewQueueDrawing {
  /** UUIDv7, ordered by time of creation; the sample keeps it. */
  id: string;
  createdAt: string;
  scores: DrawingScores | null;
}

/** The result of adding a drawing. */
export type AddOutcome =
  /** It is in the pool now. */
  | { result: "added"; id: string }
  /** It was there already, or someone has discarded it. */
  | { result: "known" | "discarded"; id: string }
  /** It is a sample, and so has a label. */
  | { result: "labelled"; id: string }
  /** It has been forgotten, and is not stored again. */
  | { result: "forgotten" };
