import * as v from "valibot";
import { MAX_LABELLER } from "../../../domain/queue/question.ts";
import { atMost, oneLine, VISIBLE_LINE } from "../validate.ts";

/** The name of a labeller. */
export const Labeller = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty("expected a name, found none"),
  atMost(MAX_LABELLER, `expected at most ${MAX_LABELLER} characters`),
  oneLine,
  v.metadata({ pattern: VISIBLE_LINE, description: `Who answers, 1 to ${MAX_LABELLER} characters` }),
);
