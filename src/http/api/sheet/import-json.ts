import * as v from "valibot";
import {
  EXPORT_FORMATS,
  type ImportChoices,
  type ImportPreview,
  type ImportProblem,
  type ImportState,
} from "../../../domain/samples/sample-files.ts";
import { ON_CONFLICT } from "../../../domain/samples/sample-import.ts";
import { Name } from "../person.ts";
import { QueryFlag, textOf } from "../validate.ts";
import { ActionSchema, actionJson } from "./sheet-json.ts";

const Offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(999));
const OffsetText = textOf(/^\d{1,3}$/, "expected 0 to 999", Offset, {
  type: "integer",
  minimum: 0,
  maximum: 999,
});

/** The choices of an import as a query, where everything is text. */
export const choiceQueryEntries = choicesIn(OffsetText, QueryFlag);
/** The same as a body. */
export const choiceEntries = choicesIn(Offset, v.boolean());

function choicesIn<N extends v.GenericSchema<unknown, number>, F extends v.GenericSchema<unknown, boolean>>(
  offset: N,
  flag: F,
) {
  return {
    on_conflict: v.optional(
      v.pipe(
        v.picklist(ON_CONFLICT),
        v.description("When a drawing is stored with another label: `fail` imports nothing (the default)"),
      ),
    ),
    writer: v.optional(v.pipe(Name, v.description("Who drew them, where the file does not say"))),
    label_offset: v.optional(v.pipe(offset, v.description("Subtracted from every label that is a number"))),
    transposed: v.optional(
      v.pipe(flag, v.description("Whether images are stored column by column, as EMNIST's are")),
    ),
  };
}

/** Returns the choices of a request. */
export function choicesOf(
  input: v.InferOutput<v.ObjectSchema<typeof choiceEntries, undefined>>,
): ImportChoices {
  return {
    onConflict: input.on_conflict ?? "fail",
    writer: input.writer ?? null,
    labelOffset: input.label_offset ?? null,
    isTransposed: input.transposed ?? false,
  };
}

const Problem = v.object({ at: v.number(), message: v.string() });

/** The content of an upload. */
export const PreviewSchema = v.pipe(
  v.object({
    files: v.array(v.string()),
    bytes: v.number(),
    kind: v.nullable(v.string()),
    rows: v.pipe(v.number(), v.description("Rows with ink and a label that can be read")),
    unlabelled: v.pipe(v.number(), v.description("Rows without a label, which go to the label queue")),
    blank: v.number(),
    labels: v.array(v.object({ label: v.nullable(v.string()), n: v.number() })),
    inverted: v.pipe(v.number(), v.description("Images with dark ink on a light ground, which are inverted")),
    scaled: v.pipe(v.number(), v.description("Images with values in 0 to 1, which are multiplied by 255")),
    problems: v.pipe(v.number(), v.description("Rows that cannot be read, which an import leaves out")),
    named: v.pipe(v.array(Problem), v.description("The first 50 of them")),
    conflicts: v.number(),
    named_conflicts: v.array(Problem),
    refusal: v.pipe(v.nullable(v.string()), v.description("Why nothing can be imported; null when it can")),
  }),
  v.metadata({ ref: "ImportPreview" }),
);

const Totals = v.object({
  ...{
    imported: v.number(),
    unlabelled: v.number(),
    known: v.number(),
    replaced: v.number(),
    kept: v.number(),
  },
  ...{ forgotten: v.number(), left_out: v.number(), other_side: v.number() },
});

/** The state of an upload. */
export const StateSchema = v.pipe(
  v.object({
    step: v.picklist(["waiting", "checked", "stored", "done", "failed"]),
    file: v.string(),
    done: v.optional(v.number()),
    total: v.optional(v.number()),
    totals: v.optional(Totals),
    action: v.optional(v.nullable(ActionSchema)),
    message: v.optional(v.string()),
    kept: v.optional(
      v.pipe(
        v.boolean(),
        v.description("Whether the upload is kept, to be started with another `on_conflict`"),
      ),
    ),
  }),
  v.metadata({ ref: "ImportState" }),
);

/** The format of an export. */
export const FormatEntry = v.picklist(EXPORT_FORMATS);

/** Converts a preview, without its images. */
export function previewJson({ named, namedConflicts, images: _, refusal, ...preview }: ImportPreview) {
  const plain = ({ at, message }: ImportProblem) => ({ at, message });
  return {
    ...preview,
    named: named.map(plain),
    named_conflicts: namedConflicts.map(plain),
    refusal: refusal?.message ?? null,
  };
}

/** Converts a state. */
export function stateJson(state: ImportState): v.InferOutput<typeof StateSchema> {
  if (state.step === "failed") {
    const { retry, says: _, ...failed } = state;
    return { ...failed, kept: retry !== undefined };
  }
  if (state.step !== "done") return state;
  return { ...state, action: state.action === null ? null : actionJson(state.action) };
}
