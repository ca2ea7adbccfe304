import * as v from "valibot";
import { MAX_LABELLER } from "../../../domain/queue/question.ts";
import { oneLine } from "../validate.ts";

/** The name of a labeller. */
export const Labeller = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty("expected a name, found none"),
  v.maxLength(MAX_LABELLER, `expected at most ${MAX_LABELLER} characters`),
  oneLine,
  v.description(`Who answers, 1 to ${MAX_LABELLER} characters`),
);
