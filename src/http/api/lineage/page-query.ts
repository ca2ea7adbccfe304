import * as v from "valibot";
import { PageLimit } from "../validate.ts";

/** The query parameters of a paged list. */
export const pageEntries = {
  cursor: v.optional(
    v.pipe(v.string(), v.maxLength(200), v.description("`next_cursor` of the previous page")),
  ),
  limit: v.optional(PageLimit),
};
