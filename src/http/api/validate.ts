import { validator } from "hono-openapi";
import * as v from "valibot";
import { NotFoundError } from "../../lib/errors.ts";
import { readJsonBody } from "../middleware/json-body.ts";
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

/** An object with these keys and no others; its messages name the key and the known keys. An array is no object. */
export function strict<const E extends v.ObjectEntries>(entries: E) {
  const known = `Known keys: ${Object.keys(entries).join(", ")}`;
  const schema = v.strictObject(entries, (issue) => {
    const key = issue.path?.at(-1)?.key;
    if (key === undefined) return `expected a JSON object, found ${issue.received}`;
    if (issue.expected !== "never") return "is required";
    return `is an unknown key. ${known}`;
  });
  // Keys that every object inherits are in any object, for valibot, and so would be ignored.
  return refusing(schema, (input) => {
    if (Array.isArray(input)) return { message: "expected a JSON object, found an array" };
    const hidden = Object.keys(input).find((key) => key in entries && !Object.hasOwn(entries, key));
    return hidden === undefined ? null : { message: `is an unknown key. ${known}`, key: hidden };
  });
}

/** An object with any keys, whose values are all of one kind. An array is no object. */
export function named<
  const K extends v.BaseSchema<string, string | number | symbol, v.BaseIssue<unknown>>,
  const S extends v.GenericSchema,
>(key: K, value: S) {
  return refusing(v.record(key, value), (input) =>
    Array.isArray(input) ? { message: "expected a JSON object, found an array" } : null,
  );
}

/** The same schema, which refuses some objects before it looks at them. */
function refusing<S extends v.GenericSchema>(
  schema: S,
  problemOf: (input: object) => { message: string; key?: string } | null,
): S {
  return {
    ...schema,
    "~run"(...[dataset, config]: Parameters<S["~run"]>): ReturnType<S["~run"]> {
      const { value } = dataset;
      const problem = typeof value === "object" && value !== null ? problemOf(value) : null;
      if (problem === null) return schema["~run"](dataset, config) as ReturnType<S["~run"]>;
      const { message, key } = problem;
      const path =
        key === undefined
          ? {}
          : { path: [{ type: "unknown", origin: "key", input: value, key, value: undefined }] };
      const issue = {
        kind: "schema",
        type: "object",
        input: value,
        expected: "Object",
        received: "Array",
        message,
        ...path,
      };
      return { typed: false, value, issues: [issue] } as unknown as ReturnType<S["~run"]>;
    },
  };
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

/** As ranges, which the tools that read the document know; they know no `\p{Cc}`. */
const CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";
const SPACE = "\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

/** Matches text without control characters, line ends among them: logs and lists show it in one line. */
export const ONE_LINE = new RegExp(`^[^${CONTROL}]*$`, "u");
/** The pattern of such a line in which something can be seen. */
export const VISIBLE_LINE = `^[^${CONTROL}]*[^${CONTROL}${SPACE}][^${CONTROL}]*$`;

/** Refuses control characters. */
export const oneLine = v.regex<string, string>(ONE_LINE, "expected one line without control characters");

/** At most `n` characters, counted as JSON Schema and people do: a pen is one, although it is two in JavaScript. */
export function atMost(n: number, message?: string) {
  const most = v.maxLength<string, number, string>(n, message ?? `expected at most ${n} characters`);
  return {
    ...most,
    "~run"(...[dataset, config]: Parameters<(typeof most)["~run"]>): ReturnType<(typeof most)["~run"]> {
      const isWithin = typeof dataset.value === "string" && [...dataset.value].length <= n;
      return isWithin ? (dataset as v.SuccessDataset<string>) : most["~run"](dataset, config);
    },
  };
}

/** The form of an id of a sample or a run. */
export const ID_FORM = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/** Where a page of a list begins; the list itself refuses another text. @param form the pattern of its cursors. */
export function cursorOf(form: string) {
  return v.pipe(
    v.string(),
    atMost(200),
    v.metadata({ pattern: form, description: "`next_cursor` of the previous page" }),
  );
}

/** A number that a query sends as text. @param described the number, as the document has it. */
export function textOf<S extends v.GenericSchema<number, number>>(
  form: RegExp,
  message: string,
  number: S,
  described: Readonly<Record<string, unknown>>,
) {
  return v.pipe(
    v.string(),
    v.regex(form, message),
    v.transform(Number),
    number,
    v.metadata({ pattern: undefined, ...described }),
  );
}

/** Yes or no in a query. */
export const QueryFlag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((value) => value === "true"),
  v.metadata({ enum: undefined, type: "boolean" }),
);

/** Maximum number of items in a list, as a query parameter: "1".."200". */
export const PageLimit = v.pipe(
  v.string(),
  v.regex(/^(?:[1-9]\d?|1\d\d|200)$/, "expected a whole number from 1 to 200"),
  v.transform(Number),
);

/**
 * The JSON body, checked against `schema` and described in the OpenAPI document. 422 when it is not valid. A request
 * without a body has the empty object.
 */
export function jsonBody<S extends v.GenericSchema>(schema: S) {
  const described = validator("json", schema);
  const check: typeof described = async (c, next) => {
    const result = v.safeParse(schema, await readJsonBody(c));
    if (!result.success) throw invalid(result.issues as Issues, "The body is not valid");
    c.req.addValidatedData("json", result.output as object);
    await next();
  };
  // By its properties, the document knows the schema.
  return Object.assign(check, described);
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
  if (!outcome.success) throw invalid(outcome.error, what);
}

function invalid(issues: Issues, what: string): ValidationError {
  const errors = issues.slice(0, MAX_ERRORS).map(fieldError);
  const first = errors[0]!;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new ValidationError(
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
