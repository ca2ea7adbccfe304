/** The greatest share of the questions that have a label already: second opinions and known answers together. */
export const MOST_CHECKS = 0.5;

/** Why two shares are refused together; continues a key. */
export const TOO_MANY_CHECKS = `must be at most ${MOST_CHECKS} for second opinions and known answers together`;

/** Whether more than `MOST_CHECKS` of the questions would have a label already. */
export function exceedsMostChecks(second: number, known: number): boolean {
  // Decimal shares that add up to the bound may exceed it by a rounding error in binary.
  return second + known > MOST_CHECKS + 1e-9;
}

/** The settings of labelling. */
export interface LabellingRules {
  /** How long a question belongs to its labeller after it was last renewed. */
  leaseMs: number;
  /** Shares of the questions, together 0..0.5, that are second opinions, and that have a known answer. */
  shares: { second: number; known: number };
}
