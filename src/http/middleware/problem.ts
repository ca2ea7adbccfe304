import { STATUS_CODES } from "node:http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { InputError } from "../../lib/errors.ts";
import { type Saying, saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";

/** One invalid field of a request. `path` is its position: keys and indices joined by dots. */
export interface FieldError {
  path: string;
  message: string;
}

/** The body of an error response to an API client. Source: RFC 9457, with `errors` and `request_id` added. */
export interface Problem {
  /** "about:blank": the status tells the kind of problem. */
  type: string;
  title: string;
  status: ContentfulStatusCode;
  /** A message for the reader; never a stack trace. */
  detail: string;
  /** The requested path. */
  instance: string;
  /** The id of the request in the server's log. */
  request_id?: string;
  errors?: readonly FieldError[];
}

/** A well-formed request that is not valid: HTTP 422, with every invalid field. */
export class ValidationError extends InputError {
  override readonly name = "ValidationError";
  readonly errors: readonly FieldError[];

  constructor(
    message: string,
    errors: readonly FieldError[],
    options?: ErrorOptions & { says?: Saying | undefined },
  ) {
    super(message, options);
    this.errors = errors;
  }
}

/** Limits of what a problem repeats of a request, in characters: nobody reads more, and it may be as long as a body. */
const MAX_DETAIL = 1_000;
const MAX_INSTANCE = 200;

/** Completes a problem with the members that follow from its status and the request. */
export function problemFor(
  c: Context,
  fields: Pick<Problem, "status" | "detail"> & { errors?: readonly FieldError[] },
): Problem {
  return {
    type: "about:blank",
    title: STATUS_CODES[fields.status] ?? "Error",
    ...fields,
    detail: shortened(fields.detail, MAX_DETAIL),
    instance: shortened(c.req.path, MAX_INSTANCE),
    request_id: c.get("requestId"),
  };
}

/** Returns the detail of a failure whose reason is not meant for the client. */
export function serverFailed(c: Context): string {
  return `The server failed. For details, see its log under request id ${c.get("requestId")}.`;
}

/** The same as data. */
export function serverFailedSaying(c: Context): Saying {
  return saying("request.server", { id: c.get("requestId") });
}

/** Sends a problem as `application/problem+json`. */
export function sendProblem(c: Context, problem: Problem): Response {
  return c.body(JSON.stringify(problem), problem.status, { "content-type": "application/problem+json" });
}
