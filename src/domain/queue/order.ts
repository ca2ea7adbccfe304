/**
 * The orders of the label queue. The first three are measures of the live model's uncertainty; `disagreement` is that
 * between two versions; `diversity` covers what is not labelled yet.
 *
 * Source: Settles, Active Learning Literature Survey (2009), sections 3.1 and 3.2; Sener and Savarese, Active Learning
 * for Convolutional Neural Networks: A Core-Set Approach (2018), section 4.
 */
export const QUEUE_ORDERS = [
  ...(["least_confidence", "margin", "entropy", "disagreement", "diversity", "newest"] as const),
] as const;
/** An order of the label queue. */
export type QueueOrder = (typeof QUEUE_ORDERS)[number];
