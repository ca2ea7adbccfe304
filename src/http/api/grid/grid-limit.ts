import * as v from "valibot";
import { GRID_PAGE } from "../../../domain/samples/grid/grid-store.ts";

const EXPECTED = `expected 1 to ${GRID_PAGE}`;

/** The number of drawings of a page, as text. */
export const PageLimitOfGrid = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/, EXPECTED),
  v.transform(Number),
  v.minValue(1, EXPECTED),
  v.maxValue(GRID_PAGE, EXPECTED),
  v.metadata({ pattern: undefined, type: "integer", minimum: 1, maximum: GRID_PAGE }),
);
