import * as v from "valibot";
import { classesSchema } from "../domain/classes.ts";
import { UsageError } from "../lib/errors.ts";

/**
 * The labels of `--classes a,b,c`, held to the same rules as `classes` in parameters.yml.
 * @throws UsageError naming the label that cannot be one.
 */
export function parseClasses(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const result = v.safeParse(classesSchema, names);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = issue.path?.[0]?.key;
  const what = typeof at === "number" ? `label ${at + 1}, "${names[at]}", ` : "";
  throw new UsageError(`--classes: ${what}${issue.message}. Write it as --classes a,b,c`);
}
