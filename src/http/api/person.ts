import * as v from "valibot";
import { NOBODY, type Person } from "../../domain/person.ts";
import type { PersonalPrediction } from "../../serving/personal/personal-prediction.ts";
import { atMost, ONE_LINE } from "./validate.ts";

/** Printable characters only, because names appear in lists, files and pages. */
export const Name = v.pipe(
  v.string(),
  v.minLength(1, "expected 1 or more characters"),
  atMost(100, "expected at most 100 characters"),
  v.regex(ONE_LINE, "expected 1 or more characters, none of them a control character"),
);

/** The fields of a request to recognise a drawing that say who has drawn it. */
export const personEntries = {
  writer: v.optional(
    v.pipe(
      Name,
      v.description("Who drew it: the drawings that they have labelled have a part in the answer"),
    ),
  ),
  sitting: v.optional(
    v.pipe(Name, v.description("The sitting of somebody without a name, as in the labels of that sitting")),
  ),
  personal: v.optional(v.pipe(v.boolean(), v.description("false: the model answers alone; true by default"))),
};

/** These fields as they are sent. */
export interface PersonInput {
  writer?: string | undefined;
  sitting?: string | undefined;
  personal?: boolean | undefined;
}

/** Returns whose memory has a part in the answer; nobody's when it is switched off. */
export function personOf({ writer, sitting, personal = true }: PersonInput): Person {
  return personal ? { writer: writer ?? null, sitting: sitting ?? null } : NOBODY;
}

/** The part of a person's memory in an answer. */
export const PersonalSchema = v.pipe(
  v.object({
    used: v.pipe(v.boolean(), v.description("Whether remembered drawings support the label")),
    n: v.pipe(v.number(), v.description("Number of labelled drawings that are remembered of this person")),
    changed_from: v.pipe(
      v.nullable(v.string()),
      v.description("The label of the model alone, when memory has changed it; otherwise null"),
    ),
  }),
  v.metadata({ ref: "Personal" }),
);

/** Returns that part as JSON. */
export function personalJson({ personal }: PersonalPrediction): v.InferOutput<typeof PersonalSchema> {
  return {
    used: personal?.used ?? false,
    n: personal?.n ?? 0,
    changed_from: personal?.changedFrom ?? null,
  };
}
