import { Hono } from "hono";
import * as v from "valibot";
import { requireOwnAlias } from "../../../domain/aliases.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { described } from "../conditions.ts";
import { describe } from "../describe.ts";
import { jsonBody, named, ONE_LINE, pathParams, strict } from "../validate.ts";
import { ModelSchema, modelJson, VersionParam } from "./model-json.ts";

const AliasBody = strict({ version: v.pipe(v.number(), v.integer(), v.minValue(1)) });
const AliasParam = v.object({
  alias: v.pipe(
    v.string(),
    described({ pattern: "^[a-z][a-z0-9_.-]{0,39}$", not: { enum: ["champion", "challenger", "base"] } }),
  ),
});
const AnnotationBody = strict({
  note: v.optional(
    v.pipe(v.nullable(v.pipe(v.string(), described({ maxLength: 2_000 }))), v.description("Null removes it")),
  ),
  tags: v.optional(
    v.pipe(
      named(
        v.string(),
        v.nullable(v.pipe(v.string(), described({ maxLength: 200, pattern: ONE_LINE.source }))),
      ),
      described({ propertyNames: { pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$" }, maxProperties: 50 }),
      v.description("Only these tags are changed; null removes one"),
    ),
  ),
});
const AliasesSchema = v.pipe(
  v.object({ aliases: v.record(v.string(), v.number()) }),
  v.metadata({ ref: "ModelAliases" }),
);

/** `/models/aliases`, and the tags and note of a version. */
export function createAliasesApi({ registry }: Pick<AppDeps, "registry">): Hono {
  const api = new Hono();
  const all = async () => ({ aliases: { ...(await registry.aliases()) } });

  api.get(
    "/aliases",
    describe({
      id: "listModelAliases",
      tag: "Models",
      summary: "The version that each alias points to",
      answers: { 200: { description: "All aliases", schema: AliasesSchema } },
    }),
    async (c) => c.json(await all()),
  );

  api.put(
    "/aliases/:alias",
    describe({
      id: "setModelAlias",
      tag: "Models",
      summary: "Point an alias of your own to a version",
      description:
        "`champion`, `challenger` and `base` are refused with 400: promotion, trials and the program move them. An alias is a lower-case letter, then up to 39 lower-case letters, digits, `_`, `.` or `-`.",
      answers: { 200: { description: "All aliases", schema: AliasesSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(AliasParam),
    jsonBody(AliasBody),
    async (c) => {
      const { alias } = c.req.valid("param");
      requireOwnAlias(alias);
      await registry.setAlias(alias, c.req.valid("json").version, { actor: actorOf(c) });
      return c.json(await all());
    },
  );

  api.delete(
    "/aliases/:alias",
    describe({
      id: "removeModelAlias",
      tag: "Models",
      summary: "Remove an alias of your own",
      answers: { 200: { description: "All aliases", schema: AliasesSchema } },
      errors: [400, 404, 503, 507],
    }),
    pathParams(AliasParam),
    async (c) => {
      const { alias } = c.req.valid("param");
      requireOwnAlias(alias);
      if ((await registry.removeAlias(alias, { actor: actorOf(c) })) === null) {
        throw new NotFoundError(`There is no model alias "${alias}"`);
      }
      return c.json(await all());
    },
  );

  api.patch(
    "/:version",
    describe({
      id: "annotateModel",
      tag: "Models",
      summary: "Change the note and tags of a version",
      answers: { 200: { description: "The model", schema: ModelSchema } },
      errors: [400, 404, 413, 415, 422, 503, 507],
    }),
    pathParams(VersionParam),
    jsonBody(AnnotationBody),
    async (c) => {
      const { note, tags } = c.req.valid("json");
      const change = { ...(note === undefined ? {} : { note }), ...(tags === undefined ? {} : { tags }) };
      const { version } = c.req.valid("param");
      return c.json(modelJson(await registry.annotate(version, change, { actor: actorOf(c) })));
    },
  );

  return api;
}
