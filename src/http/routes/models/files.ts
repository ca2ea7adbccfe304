import { type Context, Hono } from "hono";
import { InputError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields, unreadableForm } from "../../middleware/form.ts";
import { act } from "./act.tsx";
import { actOnModel } from "./model-page.tsx";

/** Longer names of files are cut. */
const MAX_NAME = 200;

/** Export, import and removal of versions on the pages. */
export function createFilesRoutes(deps: AppDeps): Hono {
  const { modelFiles } = deps;
  const routes = new Hono();

  routes.get("/:version{[1-9][0-9]{0,8}}/export", async (c) => {
    const { name, bytes } = await modelFiles.export(Number(c.req.param("version")));
    return c.body(bytes, 200, {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}"`,
    });
  });

  routes.post("/import", async (c) => {
    let version = 0;
    const response = await act(c, deps, async () => {
      const file = await uploadedFile(c);
      const by = { actor: actorOf(c), name: file.name.slice(0, MAX_NAME) };
      ({ version } = await modelFiles.import(await file.bytes(), by));
      return "";
    });
    return response.ok || response.status === 303 ? c.redirect(`/models/${version}`, 303) : response;
  });

  routes.post("/:version{[1-9][0-9]{0,8}}/delete", async (c) => {
    const version = Number(c.req.param("version"));
    await formFields(c);
    return actOnModel(c, deps, version, () =>
      modelFiles.delete(version, { actor: actorOf(c), reason: "requested on the page" }),
    );
  });

  return routes;
}

/** The file of the form. @throws InputError when the form has none. */
async function uploadedFile(c: Context): Promise<File> {
  // First the bytes: a body that is too long is another error.
  await c.req.arrayBuffer();
  const body = await c.req.parseBody().catch((error: unknown) => {
    throw unreadableForm(error);
  });
  if (body.file instanceof File && body.file.size > 0) return body.file;
  throw new InputError("Choose a zip archive with a model first", { says: saying("importNoFile") });
}
