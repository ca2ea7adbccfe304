/**
 * The lower bound that an activation puts on its input: relu's is 0, linear's −∞. Other activations are not covered,
 * so their bound is undefined.
 */
export const LOWER_BOUND: Readonly<Record<string, number>> = { linear: Number.NEGATIVE_INFINITY, relu: 0 };
