import { validator } from "hono-openapi";
import * as v from "valibot";
import { NotFoundError } from "../../lib/errors.ts";
import { type FieldError, ValidationError } from "../middleware/problem.ts";

/** Upper limit of reported errors: enough to fix a request; a hostile body could have thousands. */
export const MAX_ERRORS = 20;
/** Length of a path and of a message, in characters. */
export const MAX_MESSAGE = 200;

type Issues = readonly {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}[];
type Outcome = { success: true } | { success: false; error: Issues };

/** An object with these keys and no others; its messages name the key and the known keys. */
export function strict<const E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, (issue) => {
    const key = issue.path?.at(-1)?.key;
    if (key === undefined) return `expected a JSON object, found ${issue.received}`;
    if (issue.expected !== "never") return "is required";
    return `is an unknown key. Known keys: ${Object.keys(entries).join(", ")}`;
  });
}

/**
 * The same schema, which accepts what a cheaper check finds valid: valibot creates several objects for each value that it
 * looks at. Everything else is checked by the schema, which has the messages.
 *
 * @param schema returns valid input unchanged.
 * @param isValid never true for input that the schema refuses.
 */
export function validFirst<S extends v.GenericSchema>(schema: S, isValid: (input: unknown) => boolean): S {
  return {
    ...schema,
    "~run"(...[dataset, config]: Parameters<S["~run"]>): ReturnType<S["~run"]> {
      const { value } = dataset;
      const output = isValid(value) ? { typed: true, value } : schema["~run"](dataset, config);
      return output as ReturnType<S["~run"]>;
    },
  };
}

/** Refuses control characters, line ends among them: logs and lists show the text in one line. */
export const oneLine = v.regex<string, string>(/^\P{Cc}*$/u, "expected one line without control characters");

/** Maximum number of items in a list, as a query parameter: "1".."200". */
export const PageLimit = v.pipe(
  v.string(),
  v.regex(/^(?:[1-9]\d?|1\d\d|200)$/, "expected a whole number from 1 to 200"),
  v.transform(Number),
);

/** The JSON body, checked against `schema` and described in the OpenAPI document. 422 when it is not valid. */
export function jsonBody<S extends v.GenericSchema>(schema: S) {
  return validator("json", schema, (outcome: Outcome) => reject(outcome, "The body is not valid"));
}

/** The query, checked against `schema` and described in the OpenAPI document. 422 when it is not valid. */
export function query<S extends v.GenericSchema>(schema: S) {
  return validator("query", schema, (outcome: Outcome) => reject(outcome, "The query is not valid"));
}

/** Path parameters, checked against `schema`. A path that does not match has no resource: 404, not 422. */
export function pathParams<S extends v.GenericSchema>(schema: S) {
  return validator("param", schema, (outcome: Outcome, c) => {
    if (!outcome.success) throw new NotFoundError(`There is nothing at ${c.req.path}.`);
  });
}

function reject(outcome: Outcome, what: string): void {
  if (outcome.success) return;
  const errors = outcome.error.slice(0, MAX_ERRORS).map(fieldError);
  const first = errors[0]!;
  const more = outcome.error.length > 1 ? ` (and ${outcome.error.length - 1} more)` : "";
  throw new ValidationError(
    `${what}: ${first.path === "" ? "it" : first.path} ${first.message}${more}`,
    errors,
  );
}

function fieldError(issue: Issues[number]): FieldError {
  const keys = (issue.path ?? []).map((step) => (typeof step === "object" ? step.key : step));
  return { path: pathOf(keys).slice(0, MAX_MESSAGE), message: worded(issue.message).slice(0, MAX_MESSAGE) };
}

/** A message of the schema library, where the schema has none of its own, in the words of the others. */
function worded(message: string): string {
  return message
    .replace(/^Invalid integer: Received /, "expected a whole number, found ")
    .replace(/^Invalid [a-z ]+: Expected (.*) but received (.*)$/s, "expected $1, found $2");
}

/** ["strokes", 2, 0] -> "strokes[2][0]", the notation that `parseDrawing` also uses. */
function pathOf(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (path, key) =>
      path + (typeof key === "number" ? `[${key}]` : path === "" ? String(key) : `.${String(key)}`),
    "",
  );
}
