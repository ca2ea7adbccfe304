import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as v from "valibot";
import type { NamedModel } from "../../../domain/model.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, pathParams, query, strict } from "../validate.ts";
import { ModelSchema, modelJson, VersionParam } from "./model-json.ts";

/** Content types of a zip archive that programs send. */
const ZIP_TYPES = /^application\/(?:zip|x-zip-compressed|octet-stream)\s*(?:;|$)/i;

const ImportQuery = strict({
  name: v.optional(
    v.pipe(v.string(), atMost(200), v.description("Name of the file, for the record")),
    "model.zip",
  ),
});
const PruneBody = strict({
  dry_run: v.optional(v.pipe(v.boolean(), v.description("Only report what would be removed")), true),
});
const PrunedSchema = v.object({
  dry_run: v.boolean(),
  removed: v.array(v.object({ version: v.number(), key: v.string() })),
});

/** Export, import and removal of the files of versions. */
export function createModelFilesApi({
  registry,
  modelFiles,
}: Pick<AppDeps, "registry" | "modelFiles">): Hono {
  const api = new Hono();

  api.get(
    "/:version/export",
    describe({
      id: "exportModel",
      tag: "Models",
      summary: "Download a version as a zip archive",
      description:
        "A tfjs LayersModel (model.json, weights.bin) with README.md, a card of its figures, data, limits and licence, and metrics.json. 409 when its files are damaged or were removed.",
      answers: { 200: { description: "The archive", schema: v.string(), mediaType: "application/zip" } },
      errors: [404, 409],
    }),
    pathParams(VersionParam),
    async (c) => {
      const { name, bytes } = await modelFiles.export(c.req.valid("param").version);
      return c.body(bytes, 200, {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="${name}"`,
      });
    },
  );

  api.post(
    "/import",
    describe({
      id: "importModel",
      tag: "Models",
      summary: "Import a model from a zip archive",
      description:
        "The body is the archive, `application/zip`: model.json and the weights that it names. Sizes, layers, shapes, types, classes and the weights themselves are checked before anything is written (400). The model becomes a candidate that the gate has not evaluated. 409 when it is already registered. The limit is `limits.model_bytes`.",
      file: ["application/zip"],
      answers: {
        201: { description: "The model", schema: ModelSchema, headers: { Location: "The model" } },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    query(ImportQuery),
    async (c) => {
      const type = c.req.header("content-type") ?? "";
      if (!ZIP_TYPES.test(type)) {
        const message = `The body must be application/zip, not ${type === "" ? "without a content type" : `"${type.slice(0, 100)}"`}.`;
        throw new HTTPException(415, { message });
      }
      const archive = new Uint8Array(await c.req.arrayBuffer());
      const by = { actor: actorOf(c), name: c.req.valid("query").name };
      const model = await modelFiles.import(archive, by);
      return c.json(modelJson(model), 201, { location: `/api/v1/models/${model.version}` });
    },
  );

  api.post(
    "/prune",
    describe({
      id: "pruneModels",
      tag: "Models",
      summary: "Remove the files of versions that nothing needs",
      description:
        "All but the newest `models.keep` versions, those that an alias or an unfinished run needs, and those that one can roll back to. The server does it every minute. By default, nothing is removed: `dry_run`.",
      answers: { 200: { description: "The versions", schema: PrunedSchema } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(PruneBody),
    async (c) => {
      const { dry_run } = c.req.valid("json");
      const removed = await modelFiles.prune({ actor: actorOf(c), isDryRun: dry_run });
      return c.json({ dry_run, removed });
    },
  );

  api.delete(
    "/:version",
    describe({
      id: "deleteModel",
      tag: "Models",
      summary: "Remove the files of a version",
      description:
        "Its record stays, with the state `deleted`. 409 with the reasons while an alias, a roll back or an unfinished run needs it.",
      answers: { 200: { description: "The model", schema: ModelSchema } },
      errors: [404, 409, 503, 507],
    }),
    pathParams(VersionParam),
    async (c) => {
      const { version } = c.req.valid("param");
      await modelFiles.delete(version, { actor: actorOf(c), reason: "requested through the API" });
      return c.json(modelJson(await required(registry, version)));
    },
  );

  return api;
}

async function required(registry: AppDeps["registry"], version: number): Promise<NamedModel> {
  const model = await registry.get(version);
  if (model !== null) return model;
  throw new NotFoundError(`There is no model version ${version}`, { says: saying("noVersion", { version }) });
}
