import { NEW_DRAWINGS } from "../access/drawing-limits.ts";
import { ruleOf } from "../access/rules.ts";

type Json = Record<string, unknown>;

/** A program shows who it is by a token; on this machine, none may be needed. */
export const SECURITY = {
  schemes: {
    token: {
      type: "http",
      scheme: "bearer",
      description:
        "A token of the page Account. On the server's own machine none is needed, unless access: accounts.",
    },
  },
  anyOf: [{ token: [] }, {}],
} as const;

const PROBLEM = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
/** Errors of the Open Inference Protocol. */
const INFERENCE_ERROR = {
  "application/json": {
    schema: { type: "object", properties: { error: { type: "string" } }, required: ["error"] },
  },
};

/**
 * Adds to an operation who may use it: the role that it needs, and the responses of those who may not.
 * @param path as the document writes it, such as "/api/v1/runs/{id}".
 */
export function describeAccess(method: string, path: string, operation: Json): void {
  const pattern = path.replaceAll(/\{(\w+)\}/g, ":$1");
  const needs = ruleOf(method.toUpperCase(), pattern)?.needs ?? "admin";
  if (needs === "open") {
    operation.security = [];
    return;
  }
  const content = path.startsWith("/v2") ? INFERENCE_ERROR : PROBLEM;
  const responses = operation.responses as Json;
  responses["401"] ??= {
    description: "Nobody has logged in, or the token does not work",
    headers: { "WWW-Authenticate": { description: "Bearer", schema: { type: "string" } } },
    content,
  };
  responses["403"] ??= { description: `The role is less than ${needs}`, content };
  if (method === "post" && NEW_DRAWINGS.includes(path)) {
    responses["429"] ??= {
      description: "Too many new drawings in a minute",
      headers: { "Retry-After": { description: "Seconds", schema: { type: "string" } } },
      content,
    };
  }
  const said = typeof operation.description === "string" ? `${operation.description}\n\n` : "";
  operation.description = `${said}Needs the role ${needs}.`;
}
