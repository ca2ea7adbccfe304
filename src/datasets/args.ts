import * as v from "valibot";
import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";

type ArgsSchema = v.ObjectSchema<v.ObjectEntries, v.ErrorMessage<v.ObjectIssue> | undefined>;

/**
 * The `load_args` or `save_args` of an entry; what is not given takes the schema's defaults.
 * @throws UsageError naming the argument that the type does not take, or whose value is wrong.
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
    const hint = didYouMean(name, known) || `. Known are: ${known.join(", ")}`;
    throw new UsageError(`type ${config.type} has no "${name}" in ${field}${hint}`);
  }
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const found = JSON.stringify(issue.input) ?? "nothing";
  throw new UsageError(`${field}.${v.getDotPath(issue)}: ${issue.message}, found ${found}`);
}

/** One character, as delimiters and quotes are. */
export const character = v.pipe(
  v.string("must be a text of one character"),
  v.length(1, "must be one character"),
);

/** `a` adds to what the file holds, as Python's `open` does; `w` writes it anew. */
export const mode = v.optional(v.picklist(["w", "a"], 'must be "w" (write anew) or "a" (add)'), "w");

/** Spaces a level. */
export const indent = v.pipe(
  v.number("must be a whole number"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be at least 1"),
  v.maxValue(10, "must be at most 10"),
);
