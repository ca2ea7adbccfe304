/** The settings of labelling. */
export interface LabellingRules {
  /** How long a question belongs to its labeller after it was last renewed. */
  leaseMs: number;
  /** Shares of the questions, 0..0.5, that are second opinions, and that have a known answer. */
  shares: { second: number; known: number };
}
