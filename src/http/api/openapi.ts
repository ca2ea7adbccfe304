import type { Hono } from "hono";
import { generateSpecs } from "hono-openapi";

/** The OpenAPI 3.1 document of every described route of `app`, generated from the schemas that check requests. */
export async function openApiDocument(app: Hono, version: string) {
  return generateSpecs(app, {
    defaultValidationErrorResponse: false,
    excludeStaticFile: false,
    documentation: {
      openapi: "3.1.0",
      info: {
        title: "tegaki",
        version,
        description: "Recognise handwriting, keep labels for it, and follow the models that learn from both.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/" }],
    },
  });
}
