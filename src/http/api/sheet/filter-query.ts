import * as v from "valibot";
import { SAMPLE_STATES, SPLITS } from "../../../domain/sample.ts";
import { CORRECTNESS, type SampleFilter } from "../../../domain/samples/sheet/sample-filter.ts";
import { atMost, QueryFlag, textOf } from "../validate.ts";

const Short = v.pipe(v.string(), atMost(200));
const Time = v.pipe(Short, v.isoTimestamp("expected a time as in 2026-01-02T03:04:05.000Z"));
const SHARE = "expected a number from 0 to 1";

const InQuery = {
  share: textOf(
    /^\d*\.?\d+(?:e-?\d{1,3})?$/i,
    SHARE,
    v.pipe(v.number(), v.minValue(0, SHARE), v.maxValue(1, SHARE)),
    {
      ...{ type: "number", minimum: 0, maximum: 1 },
    },
  ),
  version: textOf(/^\d{1,9}$/, "expected a version", v.pipe(v.number(), v.safeInteger()), {
    ...{ type: "integer", minimum: 0, maximum: 999_999_999 },
  }),
  flag: QueryFlag,
};
const InBody = {
  share: v.pipe(v.number(), v.minValue(0, SHARE), v.maxValue(1, SHARE)),
  version: v.pipe(v.number(), v.safeInteger()),
  flag: v.boolean(),
};

/** The conditions of a list of samples in a query, where everything is text; a sample must meet all that are given. */
export const filterEntries = entriesOf(InQuery);
/** The same in a body. */
export const filterBodyEntries = entriesOf(InBody);

function entriesOf<
  N extends v.GenericSchema<unknown, number>,
  V extends v.GenericSchema<unknown, number>,
  F extends v.GenericSchema<unknown, boolean>,
>({ share, version, flag }: { share: N; version: V; flag: F }) {
  return {
    label: v.optional(Short),
    predicted: v.optional(v.pipe(Short, v.description("The class that the model predicted"))),
    correctness: v.optional(
      v.pipe(v.picklist(CORRECTNESS), v.description("Of labelled samples with a prediction")),
    ),
    min_confidence: v.optional(v.pipe(share, v.description("0..1, inclusive"))),
    max_confidence: v.optional(share),
    writer: v.optional(Short),
    model_version: v.optional(version),
    split: v.optional(v.picklist(SPLITS)),
    state: v.optional(v.picklist(SAMPLE_STATES)),
    from: v.optional(v.pipe(Time, v.description("Stored at or after this time"))),
    until: v.optional(v.pipe(Time, v.description("Stored before this time"))),
    source: v.optional(Short),
    personal: v.optional(v.pipe(flag, v.description("Whether memory changed the answer that was shown"))),
    search: v.optional(v.pipe(Short, v.description("The start of an ID, or a part of a writer's name"))),
  };
}

type FilterInput = v.InferOutput<v.ObjectSchema<typeof filterBodyEntries, undefined>>;

/** Returns the filter of a request, as the store has it. */
export function filterOfQuery(input: FilterInput): SampleFilter {
  const { min_confidence, max_confidence, model_version, personal, from, until, ...rest } = input;
  const filter = {
    ...rest,
    minConfidence: min_confidence,
    maxConfidence: max_confidence,
    modelVersion: model_version,
    isPersonal: personal,
    // The store compares times as strings, so they must have the same form.
    from: from === undefined ? undefined : new Date(from).toISOString(),
    until: until === undefined ? undefined : new Date(until).toISOString(),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
