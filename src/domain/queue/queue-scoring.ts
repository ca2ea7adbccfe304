import type { DrawingScores } from "./scores.ts";

/** Scores drawings with the live model. */
export interface QueueScoring {
  /** The versions that score now, `compared` for the order `disagreement`; null where there is none. */
  versions(): { live: number | null; compared: number | null };
  /** Scores images now. @param images uint8 [784] each. @returns null for each when there is no model. */
  score(images: readonly Uint8Array[]): Promise<(DrawingScores | null)[]>;
}
