import * as v from "valibot";
import type { QueueDrawing } from "../../domain/queue/queue-drawing.ts";
import type { NewSample, Sample, SampleState } from "../../domain/sample.ts";
import { valueError, words } from "./row-problems.ts";

/** The properties of a stored sample that a line of `samples export` has besides its label, group and ink. */
export type ExportedFields = Partial<
  Pick<Sample, "id" | "split" | "state" | "createdAt" | "updatedAt"> &
    Pick<NewSample, "predicted" | "confidence" | "shown" | "modelVersion" | "predictionId" | "source">
>;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const STATES = ["labelled", "negative", "rejected"] as const satisfies readonly SampleState[];

/** Characters that end a line in some programs, though not in JSON. */
const LINE_ENDS = /[\u2028\u2029]/g;

const STRING_WORDS = "expected a string";
const UNICODE_WORDS = "expected Unicode text, found half of a surrogate pair";
const TIME_WORDS = 'expected a time as in "2026-01-02T03:04:05.678Z"';
const SPLIT_WORDS = 'expected "train" or "holdout"; remove it to have the side drawn';
const STATE_WORDS = `expected one of ${STATES.join(", ")}`;
const ID_WORDS = 'expected an id as in "019b0000-0000-7000-8000-000000000001"; remove it to have one made';
/** The texts of these messages; one of the schema library has none. */
const FIELD_KEYS: Readonly<Record<string, string>> = {
  [STRING_WORDS]: "fieldString",
  [UNICODE_WORDS]: "fieldUnicode",
  [TIME_WORDS]: "fieldTime",
  [SPLIT_WORDS]: "fieldSplit",
  [STATE_WORDS]: "fieldState",
  [ID_WORDS]: "fieldId",
};

/** A string that is stored unchanged: UTF-8 has no lone surrogates. */
const Text = v.pipe(
  v.string(STRING_WORDS),
  v.check((text) => text.isWellFormed(), UNICODE_WORDS),
);
const Time = v.pipe(
  v.string(TIME_WORDS),
  v.check((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text, TIME_WORDS),
);
const Split = v.picklist(["train", "holdout"], SPLIT_WORDS);

const State = v.picklist(STATES, STATE_WORDS);
/** An id of `samples export`, or a number, or null. */
const Id = v.union([v.null_(), v.number(), v.pipe(v.string(), v.regex(ID, ID_WORDS))], ID_WORDS);

const Foreign = v.object({
  split: v.optional(v.nullable(Split)),
  state: v.optional(v.nullable(State)),
});

const Exported = v.object({
  split: v.optional(Split),
  state: v.optional(State),
  predicted: v.optional(v.nullable(Text)),
  confidence: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))),
  shown: v.optional(v.nullable(Text)),
  model_version: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger()))),
  prediction_id: v.optional(v.nullable(Text)),
  source: v.optional(Text),
  created_at: v.optional(Time),
  updated_at: v.optional(Time),
});

/**
 * Returns a sample as one line of JSON, with everything that is known of it. It has no
 * character that ends a line in any program, and equal samples have equal lines.
 */
export function exportedLine(sample: Sample): string {
  const { drawing, pixels } = sample;
  return oneLine({
    id: sample.id,
    label: sample.label,
    writer: sample.writer,
    ...(drawing === null
      ? { pixels: [...pixels] }
      : { w: drawing.width, h: drawing.height, strokes: drawing.strokes }),
    split: sample.split,
    state: sample.state,
    predicted: sample.predicted,
    confidence: sample.confidence,
    shown: sample.shown,
    model_version: sample.modelVersion,
    prediction_id: sample.predictionId,
    session: sample.session,
    source: sample.source,
    created_at: sample.createdAt,
    updated_at: sample.updatedAt,
  });
}

/** Returns a drawing without a label as one line of JSON, which is imported into the label queue again. */
export function unlabelledLine({
  id,
  writer,
  drawing,
  pixels,
  session,
  source,
  createdAt,
}: QueueDrawing): string {
  const ink =
    drawing === null
      ? { pixels: [...pixels] }
      : { w: drawing.width, h: drawing.height, strokes: drawing.strokes };
  return oneLine({ id, writer, ...ink, session, source, created_at: createdAt });
}

function oneLine(value: object): string {
  return JSON.stringify(value).replaceAll(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

/**
 * Returns the properties that a sample keeps when its line is imported. A line with an id of tegaki's form is one of
 * `samples export`, and all of its properties are kept. Of one without an id, or with a number, which is another
 * program's, only `split` and `state` are: other programs may mean something else by the rest.
 *
 * @throws {InputError} naming the field that is not as `samples export` writes it.
 */
export function exportedFields(row: Record<string, unknown>): ExportedFields {
  const id = checked(v.object({ id: v.optional(Id) }), row).id;
  if (typeof id !== "string") {
    const { split, state } = checked(Foreign, row);
    return { ...(split == null ? {} : { split }), ...(state == null ? {} : { state }) };
  }
  const { model_version, prediction_id, created_at, updated_at, ...rest } = checked(Exported, row);
  const fields = {
    id,
    ...rest,
    modelVersion: model_version,
    predictionId: prediction_id,
    createdAt: created_at,
    updatedAt: updated_at,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Reads a name or session: a string or number, or nothing. @throws {InputError} for anything else. */
export function groupName(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return String(value);
  return checked(v.object({ [field]: Text }), { [field]: value })[field] ?? null;
}

function checked<TSchema extends v.GenericSchema>(
  schema: TSchema,
  value: Record<string, unknown>,
): v.InferOutput<TSchema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const found = JSON.stringify(issue.input)?.slice(0, 60) ?? "nothing";
  const path = v.getDotPath(issue) ?? "";
  const key = FIELD_KEYS[issue.message];
  const reason = key === undefined ? issue.message : words(issue.message, key).says;
  throw valueError(words(`${path}: ${issue.message}, found ${found}`, "field", { path, reason, found }));
}
