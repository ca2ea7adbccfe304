import * as v from "valibot";
import { NO_CLASS } from "./image-set.ts";

/** Maximum number of classes: they are numbered from 0 in one byte, whose highest value means "none of the classes". */
export const MAX_CLASSES = NO_CLASS;

/** In Unicode code points. */
const MAX_LABEL = 20;

/** `[0, 1]` in YAML are numbers; labels are strings. Accents are composed, so that equal names are equal strings. */
const label = v.pipe(
  v.union(
    [v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty")), v.pipe(v.number(), v.integer())],
    "must be a string or a whole number",
  ),
  v.transform((name) => String(name).normalize("NFC")),
  v.check(
    (name) => !/[\s,\p{C}]/u.test(name),
    "must not contain spaces, commas or control characters: labels appear on keys and in lists",
  ),
  v.check((name) => [...name].length <= MAX_LABEL, `must not be longer than ${MAX_LABEL} characters`),
);

/** The label of each output of a model. */
export const classesSchema = v.pipe(
  v.array(label, "must be a list of labels"),
  v.minLength(2, "must have at least 2 labels"),
  v.maxLength(MAX_CLASSES, `must have at most ${MAX_CLASSES} labels`),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const twice = dataset.value.find((name, i) => dataset.value.indexOf(name) !== i);
    if (twice !== undefined) addIssue({ message: `must not contain a label twice: "${twice}"` });
  }),
);
