import type { Context } from "hono";
import type { ExportedFile } from "../domain/samples/sample-files.ts";

/** Responds with a file to save, which is sent while it is made. */
export function sendFile(c: Context, { name, contentType, body }: ExportedFile): Response {
  return c.body(body, 200, {
    "content-type": contentType,
    "content-disposition": `attachment; filename="${name}"`,
  });
}
