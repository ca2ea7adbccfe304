import { sentenceWords } from "../../../../views/i18n/saying-words.ts";
import type { Text } from "../../../../views/i18n/text.ts";
import type { ParamProblem } from "../../../domain/runs/run.ts";

const PREFIX = "param.";

/** Returns the typed parameters of a form, by name; an empty field keeps the configured value. */
export function typedParams(body: Readonly<Partial<Record<string, string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value = ""]) =>
      key.startsWith(PREFIX) && value.trim() !== "" ? [[key.slice(PREFIX.length), value.trim()]] : [],
    ),
  );
}

/**
 * Returns the problems of parameters by field, in the reader's language; those without a field are under `form`.
 * @param fields the names that have a field.
 */
export function paramErrors(
  text: Text,
  problems: readonly ParamProblem[],
  fields: ReadonlySet<string>,
): Record<string, string> {
  const errors: Record<string, string> = {};
  const other: string[] = [];
  for (const { name, ...said } of problems) {
    const message = sentenceWords(text, "failure", said);
    if (name === null) other.push(message);
    else if (fields.has(name)) errors[name] ??= message;
    else other.push(`${name}${text.t("text.colon")}${message}`);
  }
  if (other.length > 0) errors.form = other.join("\n");
  return errors;
}
