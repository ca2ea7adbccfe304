import * as v from "valibot";
import { SAMPLE_STATES } from "../../../domain/sample.ts";
import { MAX_SELECTED, type Selection } from "../../../domain/samples/sheet/sheet-store.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { atMost, strict } from "../validate.ts";
import { filterBodyEntries, filterOfQuery } from "./filter-query.ts";

const Selected = strict({
  id: v.pipe(v.string(), atMost(100)),
  seen: v.optional(
    v.pipe(
      strict({ label: v.nullable(v.string()), state: v.picklist(SAMPLE_STATES) }),
      v.description("What you have seen: a sample that has another label or state by now is not changed"),
    ),
  ),
});

/** The samples of a request: listed, or all that match a filter. */
export const selectionEntries = {
  samples: v.optional(v.pipe(v.array(Selected), v.maxLength(MAX_SELECTED))),
  filter: v.optional(
    v.pipe(
      strict(filterBodyEntries),
      v.description("Instead of `samples`: all that match, `{}` is every sample"),
    ),
  ),
};

/** @throws {ValidationError} unless exactly one of `samples` and `filter` is given. */
export function selectionOf({
  samples,
  filter,
}: v.InferOutput<v.ObjectSchema<typeof selectionEntries, undefined>>): Selection {
  if (samples !== undefined && filter === undefined)
    return { samples: samples.map(({ id, seen }) => ({ id, ...(seen !== undefined && { seen }) })) };
  if (filter !== undefined && samples === undefined) return { filter: filterOfQuery(filter) };
  const message = `expected either samples or filter, found ${samples === undefined ? "neither" : "both"}`;
  throw new ValidationError(`The body is not valid: ${message}`, [{ path: "samples", message }]);
}
