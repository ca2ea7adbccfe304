import { type Context, Hono } from "hono";
import * as v from "valibot";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { sendFile } from "../../send-file.ts";
import { described, exactlyOneOf } from "../conditions.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, pathParams, query, strict } from "../validate.ts";
import {
  choiceEntries,
  choiceQueryEntries,
  choicesOf,
  FormatEntry,
  PreviewSchema,
  previewJson,
  StateSchema,
  stateJson,
} from "./import-json.ts";
import { selectionEntries, selectionOf } from "./selection.ts";

/** The content types of the formats. */
const EXPORT_TYPES = [
  "application/x-ndjson",
  "application/zip",
  "application/json",
  "text/csv",
  "application/octet-stream",
];

const UploadParam = v.object({ upload: v.pipe(v.string(), atMost(100)) });
const NameQuery = strict({
  name: v.pipe(v.string(), v.minLength(1), atMost(200), v.description("Of the file")),
  to: v.optional(v.pipe(v.string(), atMost(100), v.description("The upload that it belongs to"))),
});
const ExportBody = v.pipe(
  strict({ ...selectionEntries, format: FormatEntry }),
  described(exactlyOneOf("samples", "filter")),
);
/** Its format says what a file contains. */
const FILE = v.unknown();

/** `/samples/imports` and `/samples/export`: samples in and out as files. */
export function createSampleFilesApi(deps: Pick<AppDeps, "sampleFiles">): Hono {
  const { sampleFiles } = deps;
  const api = new Hono();

  api.post(
    "/imports",
    describe({
      id: "uploadSamples",
      tag: "Samples",
      summary: "Send a file of drawings",
      description:
        "The body is the file, of any content type: PNG images in the folders of a zip archive, NDJSON, IDX, CSV, a pickle, or Label Studio's JSON; recognised by its content. It is kept until it is imported or removed, or the server ends. The labels of IDX images are a second file, with `to`. The limit is `limits.import_bytes`.",
      file: ["application/octet-stream"],
      answers: { 201: { description: "Received", schema: v.object({ id: v.string() }) } },
      errors: [400, 404, 409, 413, 422, 503, 507],
    }),
    query(NameQuery),
    async (c) => {
      const { name, to } = c.req.valid("query");
      return c.json({ id: await sampleFiles.receive(name, bodyOf(c), to) }, 201);
    },
  );

  api.get(
    "/imports/:upload/preview",
    describe({
      id: "previewImport",
      tag: "Samples",
      summary: "What an upload has: rows, labels, polarity, rows in trouble, conflicts",
      answers: { 200: { description: "The preview; nothing is stored", schema: PreviewSchema } },
      errors: [404, 422],
    }),
    pathParams(UploadParam),
    query(strict(choiceQueryEntries)),
    async (c) => {
      const choices = choicesOf(c.req.valid("query"));
      return c.json(previewJson(await sampleFiles.preview(c.req.valid("param").upload, choices)));
    },
  );

  api.post(
    "/imports/:upload/start",
    describe({
      id: "startImport",
      tag: "Samples",
      summary: "Import an upload",
      description:
        "Rows that cannot be read are left out. The import is an action, which POST /samples/actions/{action}/undo undoes as a whole.",
      answers: { 202: { description: "Started; ask for its state", schema: StateSchema } },
      errors: [400, 404, 409, 413, 415, 422],
    }),
    pathParams(UploadParam),
    jsonBody(strict(choiceEntries)),
    (c) => {
      const { upload } = c.req.valid("param");
      sampleFiles.start(upload, choicesOf(c.req.valid("json")), actorOf(c));
      return c.json(stateJson(sampleFiles.state(upload)), 202);
    },
  );

  api.get(
    "/imports/:upload",
    describe({
      id: "getImport",
      tag: "Samples",
      summary: "The state of an upload, with its progress and result",
      answers: { 200: { description: "The state", schema: StateSchema } },
      errors: [404],
    }),
    pathParams(UploadParam),
    (c) => c.json(stateJson(sampleFiles.state(c.req.valid("param").upload))),
  );

  api.delete(
    "/imports/:upload",
    describe({
      id: "removeUpload",
      tag: "Samples",
      summary: "Remove an upload",
      answers: { 204: { description: "Removed" } },
      errors: [404, 409],
    }),
    pathParams(UploadParam),
    async (c) => {
      await sampleFiles.remove(c.req.valid("param").upload);
      return c.body(null, 204);
    },
  );

  api.post(
    "/export",
    describe({
      id: "exportSamples",
      tag: "Samples",
      summary: "Samples as a file",
      description:
        "Sent while it is made. `ndjson` has every sample with all that is known of it; `zip` (PNG by folders) and `label-studio` labelled drawings and those of none of the classes; `csv`, `idx` (two files in an archive) and `pickle` labelled drawings only.",
      answers: { 200: { description: "The file", schema: FILE, mediaType: EXPORT_TYPES } },
      errors: [400, 413, 415, 422],
    }),
    jsonBody(ExportBody),
    async (c) => {
      const { format, ...selection } = c.req.valid("json");
      return sendFile(c, await sampleFiles.export(selectionOf(selection), format));
    },
  );

  return api;
}

/** The body as it arrives. */
export function bodyOf(c: Context): AsyncIterable<Uint8Array> {
  return c.req.raw.body ?? new Blob().stream();
}
