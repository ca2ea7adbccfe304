import * as v from "valibot";
import { CLASS_FORMAT, PIPELINE_FORMAT } from "./openapi.ts";

/** A condition of JSON Schema that the program checks itself, with a message of its own; here it is only described. */
type Condition = Readonly<Record<string, unknown>>;

/** Not there, or never valid; the generator of the document knows no `false`. */
export const NEVER: Condition = { not: {} };

/** Describes more of a value than its schema checks. */
export function described<T>(condition: Condition): v.MetadataAction<T, Condition> {
  return v.metadata(condition);
}

/** The name of a class of the project; the document lists them. */
export const ClassName = v.pipe(v.string(), v.metadata({ format: CLASS_FORMAT }));

/** The name of a registered pipeline; the document lists them. */
export const PipelineName = v.pipe(v.string(), v.metadata({ format: PIPELINE_FORMAT }));

/** Exactly one of these keys. */
export function exactlyOneOf(...keys: readonly string[]): Condition {
  return {
    oneOf: keys.map((key) => ({
      required: [key],
      properties: Object.fromEntries(keys.filter((other) => other !== key).map((other) => [other, NEVER])),
    })),
  };
}

/** `label` belongs to one of the kinds, and to no other. */
export function labelOnlyWith(kind: string, others: readonly string[]): Condition {
  return {
    oneOf: [
      { properties: { kind: { const: kind } }, required: ["label"] },
      { properties: { kind: { enum: others }, label: NEVER } },
    ],
  };
}
