import * as v from "valibot";
import { cursorOf, PageLimit } from "../validate.ts";

/** The query parameters of a paged list. */
export const pageEntries = {
  cursor: v.optional(cursorOf("^[0-9]{1,15}$")),
  limit: v.optional(PageLimit),
};
