import * as v from "valibot";
import { classesSchema } from "../domain/classes.ts";
import { UsageError } from "../lib/errors.ts";

/**
 * Reads the labels of `--classes a,b,c`, which follow the same rules as `classes` in parameters.yml.
 * @throws UsageError naming the invalid label.
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
