/** A model's answer to a drawing of the pool, with the measures that the orders of the queue use. */
export interface DrawingScores {
  /** The model's. */
  version: number;
  label: string;
  /** Probability of `label`, 0..1. */
  p: number;
  /** The class after it; null for a model with one class. */
  second: { label: string; p: number } | null;
  /** Whether the drawing looks like none of the classes. */
  isNone: boolean;
  /** 1 − p, 0..1. */
  leastConfidence: number;
  /** p − second.p, 0..1. */
  margin: number;
  /** In nats, 0..ln K. */
  entropy: number;
  /** Total variation distance to the answer of another version, 0..1; null when there is none. */
  disagreement: { with: number; value: number } | null;
}
