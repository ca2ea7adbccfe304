import { type DescribeRouteOptions, describeRoute, resolver } from "hono-openapi";
import * as v from "valibot";

/** The schema of an error; a test of real responses keeps it equal to `Problem` of the middleware. */
export const ProblemSchema = v.pipe(
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.string(),
    instance: v.string(),
    request_id: v.optional(v.string()),
    errors: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
  }),
  v.metadata({ ref: "Problem" }),
);

const ERRORS = {
  400: "The request is malformed",
  403: "The role of whoever sent the request is not enough; the detail names the one that is needed",
  404: "It does not exist",
  409: "It has changed since you read it, or something else is using it",
  413: "The body is longer than the limit, or a drawing has too many points; `detail` names the limit and what was found",
  415: "The body is not JSON",
  422: "The request is well-formed but not valid; `errors` names every field",
  503: "Temporarily unavailable; try again after `Retry-After` seconds",
  507: "The disk is full; nothing was stored",
} as const;

/** One response of an operation. */
interface Answer {
  description: string;
  /** Schema of the body; absent for an empty one. */
  schema?: v.GenericSchema;
  /** "application/json" by default; several when the request decides. */
  mediaType?: string | readonly string[];
  /** Header names, each with its description. */
  headers?: Record<string, string>;
}

/** The OpenAPI description of a route. */
export interface Operation {
  /** Unique in the document: generated clients name their functions after it. */
  id: string;
  tag: string;
  summary: string;
  description?: string;
  answers: Record<number, Answer>;
  errors?: readonly (keyof typeof ERRORS)[];
  /** Header parameters that the route reads, each with its description. */
  headers?: Record<string, string | HeaderParameter>;
  /** The media types of a body that is a file. */
  file?: readonly string[];
}

/** A header parameter whose values are limited. */
interface HeaderParameter {
  description: string;
  minLength: number;
  maxLength: number;
}

/** Adds the part of a route's OpenAPI description that its validators do not provide. */
export function describe(operation: Operation) {
  const answers = Object.entries(operation.answers).map(([status, answer]) => [status, response(answer)]);
  const errors = (operation.errors ?? []).map((status) => [
    status,
    response({ description: ERRORS[status], schema: ProblemSchema, mediaType: "application/problem+json" }),
  ]);
  return describeRoute({
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    ...(operation.headers === undefined ? {} : { parameters: headerParameters(operation.headers) }),
    ...(operation.file === undefined ? {} : { requestBody: fileBody(operation.file) }),
    responses: Object.fromEntries([...answers, ...errors]),
  });
}

function response(answer: Answer): NonNullable<DescribeRouteOptions["responses"]>[string] {
  const { description, schema, mediaType = "application/json", headers } = answer;
  const types = [mediaType].flat();
  return {
    description,
    ...(schema === undefined ? {} : { content: contentOf(types, resolver(schema)) }),
    ...(headers === undefined ? {} : { headers: describeHeaders(headers) }),
  };
}

function contentOf<S>(types: readonly string[], schema: S): Record<string, { schema: S }> {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function fileBody(types: readonly string[]) {
  return { required: true, content: contentOf(types, { type: "string" as const, format: "binary" }) };
}

function describeHeaders(headers: Record<string, string>) {
  const entries = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: "string" as const } },
  ]);
  return Object.fromEntries(entries);
}

function headerParameters(headers: NonNullable<Operation["headers"]>) {
  return Object.entries(headers).map(([name, header]) => {
    const { description, ...limits } = typeof header === "string" ? { description: header } : header;
    return { in: "header" as const, name, description, schema: { type: "string" as const, ...limits } };
  });
}
