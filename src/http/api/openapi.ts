import type { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import type { AppDeps } from "../deps.ts";
import { describeAccess, SECURITY } from "./openapi-access.ts";

/** Formats of names that the project decides about: the document has the names instead. */
export const CLASS_FORMAT = "class";
/** See `CLASS_FORMAT`. */
export const PIPELINE_FORMAT = "pipeline";

type Json = Record<string, unknown>;

/** Generates the OpenAPI 3.1 document of every described route of `app`, from the schemas that validate requests. */
export async function openApiDocument(
  app: Hono,
  { version, limits, classes, pipelines }: Pick<AppDeps, "version" | "limits" | "classes" | "pipelines">,
): Promise<Json> {
  const document = await generateSpecs(app, {
    defaultValidationErrorResponse: false,
    excludeStaticFile: false,
    documentation: {
      openapi: "3.1.0",
      info: {
        title: "tegaki",
        version,
        description: `Recognise handwriting, store labels, and follow the models that are trained on them. A body with a drawing may have ${limits.drawingBytes} bytes, one with a model ${limits.modelBytes}, a file of drawings ${limits.importBytes}, any other ${limits.bodyBytes}; a longer one is refused with 413.`,
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/" }],
    },
  });
  const names = { [CLASS_FORMAT]: classes, [PIPELINE_FORMAT]: pipelines };
  const written = JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    isObject(value) ? asWritten(value, names) : value,
  ) as Json;
  for (const [path, operations] of Object.entries(written.paths as Record<string, Record<string, Json>>))
    for (const [method, operation] of Object.entries(operations)) {
      markBody(operation);
      describeAccess(method, path, operation);
    }
  written.components = { ...(written.components as Json), securitySchemes: SECURITY.schemes };
  return { ...written, security: SECURITY.anyOf };
}

/** Names instead of their formats, and tuples as JSON Schema 2020-12 has them, on which OpenAPI 3.1 builds. */
function asWritten(schema: Json, names: Readonly<Record<string, readonly string[]>>): Json {
  const { format, items, additionalItems, ...rest } = schema;
  if (typeof format === "string" && format in names) return { ...rest, enum: names[format] };
  if (!Array.isArray(items)) return schema;
  const isOfOneKind = items.every((item) => JSON.stringify(item) === JSON.stringify(items[0]));
  if (isOfOneKind) return { ...rest, items: items[0], minItems: items.length, maxItems: items.length };
  return { ...rest, prefixItems: items, items: additionalItems ?? false };
}

/** A request may come without the body that says nothing that has to be said. */
function markBody(operation: Json): void {
  const body = operation.requestBody as { required?: boolean; content: Record<string, Json> } | undefined;
  const schema = body?.content["application/json"]?.schema;
  if (body === undefined || !isObject(schema)) return;
  const { required, minProperties } = schema;
  const hasRequired = Array.isArray(required) && required.length > 0;
  body.required =
    hasRequired || minProperties !== undefined || ["oneOf", "allOf"].some((key) => key in schema);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
