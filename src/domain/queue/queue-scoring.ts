/** Scores the drawings of the pool with the live model. */
export interface QueueScoring {
  /** The versions that score now; null where there is none. */
  versions(): { live: number | null; compared: number | null };
  /** Called when drawings were added. */
  notify(): void;
}
