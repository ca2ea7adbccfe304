import * as v from "valibot";

/** Fewer drawings have no neighbours to speak of. */
export const LEAST_ON_MAP = 10;

/**
 * Drawings as points: near each other where they are alike to a model. The position of a point alone means nothing.
 * Labels are not in it, because they change.
 */
export interface DrawingMap {
  /** Drawings that were in use when the map was made; those on it may be fewer. */
  total: number;
  /** The `arrival` of the newest sample at that time: later ones are not on the map. */
  last_arrival: string | null;
  /** The model's classes, in order. */
  classes: string[];
  /** [N], the samples' ids. */
  ids: string[];
  /** [N], 0..1. */
  x: number[];
  /** [N], 0..1, downwards. */
  y: number[];
  /** [N], index into `classes`: the model's prediction. */
  predicted: number[];
  /** [N], 0..1: the probability of that class. */
  confidence: number[];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const shares = v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

/** A map as a run saves it. */
export const DrawingMapSchema = v.pipe(
  v.object({
    total: count,
    last_arrival: v.nullable(v.string()),
    classes: v.pipe(v.array(v.string()), v.minLength(1)),
    ids: v.array(v.string()),
    x: shares,
    y: shares,
    predicted: v.array(count),
    confidence: shares,
  }),
  v.check(
    ({ classes, ids, predicted, ...values }) =>
      [values.x, values.y, values.confidence, predicted].every(({ length }) => length === ids.length) &&
      predicted.every((k) => k < classes.length),
    "a map has a position, a predicted class and a confidence for each drawing",
  ),
);

/** Reads a map. @returns null when the value is not one. */
export function decodeDrawingMap(value: unknown): DrawingMap | null {
  const result = v.safeParse(DrawingMapSchema, value);
  return result.success ? result.output : null;
}
