import type { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import type { BodyLimits } from "../middleware/body.ts";

/** Generates the OpenAPI 3.1 document of every described route of `app`, from the schemas that validate requests. */
export async function openApiDocument(app: Hono, version: string, limits: BodyLimits) {
  return generateSpecs(app, {
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
}
