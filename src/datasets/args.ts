import * as v from "valibot";
import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";

type ArgsSchema = v.ObjectSchema<v.ObjectEntries, v.ErrorMessage<v.ObjectIssue> | undefined>;

/**
 * Reads the `load_args` or `save_args` of an entry, with the schema's defaults for missing arguments.
 * @throws UsageError naming an argument that the type does not have, or whose value is invalid.
 */
export function readArgs<const T extends ArgsSchema>(
  config: DatasetConfig,
  field: "load_args" | "save_args",
  schema: T,
): v.InferOutput<T> {
  const args = config[field] ?? {};
  const known = Object.keys(schema.entries);
  for (const name of Object.keys(args)) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) || `. Known arguments: ${known.join(", ")}`;
    throw new UsageError(`type ${config.type} has no "${name}" in ${field}${hint}`);
  }
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const found = JSON.stringify(issue.input) ?? "nothing";
  throw new UsageError(`${field}.${v.getDotPath(issue)}: ${issue.message}, found ${found}`);
}

/** The schema of a single character, such as a delimiter or a quote. */
export const character = v.pipe(
  v.string("must be a string of one character"),
  v.length(1, "must be one character"),
);

/** The schema of `mode`, as in Python's `open`: `a` appends to the file, `w` (default) overwrites it. */
export const mode = v.optional(v.picklist(["w", "a"], 'must be "w" (overwrite) or "a" (append)'), "w");

/** The schema of `indent`: spaces per level, 1 to 10. */
export const indent = v.pipe(
  v.number("must be a whole number"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be at least 1"),
  v.maxValue(10, "must be at most 10"),
);
