import { STATUS_CODES } from "node:http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { InputError } from "../../lib/errors.ts";

/** One thing that is wrong with what was sent. `path` leads to it: keys and indices joined by dots. */
export interface FieldError {
  path: string;
  message: string;
}

/** What an API client reads when something failed. Source: RFC 9457, with `errors` and `request_id` added. */
export interface Problem {
  /** "about:blank": the status says what kind of problem it is. */
  type: string;
  title: string;
  status: ContentfulStatusCode;
  /** Written for the person who reads it; never a stack trace. */
  detail: string;
  /** The path that was asked for. */
  instance: string;
  /** Names the request in the server's log. */
  request_id?: string;
  errors?: readonly FieldError[];
}

/** Well-formed, and yet not what the resource takes: HTTP 422, with every field that is wrong. */
export class ValidationError extends InputError {
  override readonly name = "ValidationError";

  constructor(
    message: string,
    readonly errors: readonly FieldError[],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** `fields` is a problem but for what the status and the request say by themselves. */
export function problemFor(
  c: Context,
  fields: Pick<Problem, "status" | "detail"> & { errors?: readonly FieldError[] },
): Problem {
  return {
    type: "about:blank",
    title: STATUS_CODES[fields.status] ?? "Error",
    ...fields,
    instance: c.req.path,
    request_id: c.get("requestId"),
  };
}

/** The detail of a failure whose reason is not for the client to read. */
export function serverFailed(c: Context): string {
  return `The server failed. Its log tells more under request id ${c.get("requestId")}.`;
}

export function sendProblem(c: Context, problem: Problem): Response {
  return c.body(JSON.stringify(problem), problem.status, { "content-type": "application/problem+json" });
}
