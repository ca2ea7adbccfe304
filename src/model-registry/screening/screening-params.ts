/** `screening` in parameters.yml. Shares are 0..1. */
export interface ScreeningParams {
  /** A label is suspect when the model gives it less than this probability, and another class the greatest. */
  suspect_below: number;
  /** Suspect labels that a cell, a batch or a writer needs, at least, before it is held. */
  min_suspects: number;
  /** Share of the drawings predicted as one class that may have the same other label. */
  cell_share: number;
  /** Share of a batch that may be suspect. */
  batch_share: number;
  /** Share of one writer's labels that may be suspect. */
  writer_share: number;
  /** Largest share of the drawings that one writer may have, where at least `cap_from_writers` label; 1 = no limit. */
  writer_cap: number;
  cap_from_writers: number;
  /** Drawings of one label whose images have at least this cosine are near-duplicates; 1 = off. */
  near_duplicate: number;
}
