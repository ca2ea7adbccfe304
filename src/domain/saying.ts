import * as v from "valibot";
import type { Saying } from "../lib/saying.ts";

const SayingSchema: v.GenericSchema<Saying> = v.object({
  key: v.string(),
  figures: v.record(v.string(), v.union([v.number(), v.string(), v.lazy(() => SayingSchema)])),
});

/** The field `says` of a stored record; absent when it is missing or cannot be read. */
export const OptionalSaying = v.optional(v.fallback(v.optional(SayingSchema), undefined));
