/** Labels that a measured accuracy needs to be shown as a number: with fewer, its interval is wider than 20 points. */
export const MIN_LABELS = 30;
/** Predictions that a histogram needs to be drawn. */
export const MIN_PREDICTIONS = 50;
/** Labels that a class, version or writer needs for a line of its own. */
export const MIN_GROUP_LABELS = 5;
