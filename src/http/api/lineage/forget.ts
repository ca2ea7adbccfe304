import { Hono } from "hono";
import * as v from "valibot";
import type { AffectedModel, Whose } from "../../../domain/lineage/forgetting.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { described, exactlyOneOf } from "../conditions.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, strict } from "../validate.ts";

const Name = v.pipe(v.string(), v.minLength(1), atMost(200));

const ForgetEntries = {
  writer: v.optional(v.pipe(Name, v.description("Whose drawings; send this or `session`"))),
  session: v.optional(v.pipe(Name, v.description("The session of an anonymous writer"))),
  dry_run: v.optional(v.pipe(v.boolean(), v.description("Only tell what would be removed")), false),
};
const ForgetBody = v.pipe(strict(ForgetEntries), described(exactlyOneOf("writer", "session")));

const ForgottenSchema = v.pipe(
  v.object({
    dry_run: v.boolean(),
    drawings: v.number(),
    unlabelled: v.pipe(v.number(), v.description("Of the drawings, those of the label queue")),
    answers: v.pipe(
      v.number(),
      v.description("Answers that they gave as a labeller of the label queue, undone ones included"),
    ),
    models: v.pipe(
      v.array(
        v.object({
          version: v.number(),
          run_id: v.nullable(v.string()),
          drawings: v.pipe(
            v.nullable(v.number()),
            v.description("Of them, how many its own run was trained on; null when that is not recorded"),
          ),
          inherited_from: v.nullable(v.number()),
          aliases: v.array(v.string()),
        }),
      ),
      v.description(
        "Their weights keep traces of the drawings. Train again from the base model, and delete them",
      ),
    ),
    example_images: v.pipe(v.number(), v.description("Example images of runs that were removed")),
    files: v.pipe(v.array(v.string()), v.description("Files that were removed or rewritten, but for caches")),
    elsewhere: v.pipe(
      v.array(v.string()),
      v.description("Files outside of the project, to be cleaned by hand"),
    ),
    copies: v.pipe(
      v.array(
        v.object({
          file: v.string(),
          at: v.string(),
          kept_until: v.pipe(
            v.nullable(v.string()),
            v.description("Null for one that people delete themselves"),
          ),
        }),
      ),
      v.description(
        "Backups, and data folders that restores have replaced, that may still hold the drawings",
      ),
    ),
  }),
  v.metadata({ ref: "Forgotten" }),
);

/** `POST /samples/forget`: removes everything that a person has drawn. */
export function createForgetApi({ forgetter }: Pick<AppDeps, "forgetter">): Hono {
  return new Hono().post(
    "/forget",
    describe({
      id: "forgetSamples",
      tag: "Lineage",
      summary: "Forget a person: remove all drawings, also from files",
      description:
        "Removes the drawings of a writer or session with their history, and the answers of a labeller of that name, from the database file, the caches, the examples and report pages of runs, and files made of them. Keyed hashes are kept, so that an import or a restored copy does not bring them back. It cannot be undone.",
      answers: { 200: { description: "What was removed, or would be", schema: ForgottenSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(ForgetBody),
    async (c) => {
      const { writer, session, dry_run } = c.req.valid("json");
      const whose = whoseOf(writer, session);
      const result = dry_run
        ? { ...(await forgetter.preview(whose)), exampleImages: 0, files: [], elsewhere: [] }
        : await forgetter.forget(whose, actorOf(c));
      const { drawings, unlabelled, decisions, models, exampleImages, files, elsewhere, copies } = result;
      return c.json({
        ...{ dry_run, drawings, unlabelled, answers: decisions, models: models.map(modelJson) },
        ...{ example_images: exampleImages, files, elsewhere },
        copies: copies.map(({ file, at, keptUntil }) => ({ file, at, kept_until: keptUntil })),
      } satisfies v.InferOutput<typeof ForgottenSchema>);
    },
  );
}

function modelJson({ version, runId, drawings, inheritedFrom, aliases }: AffectedModel) {
  return { version, run_id: runId, drawings, inherited_from: inheritedFrom, aliases };
}

/** @throws {ValidationError} unless exactly one of the two is given. */
function whoseOf(writer: string | undefined, session: string | undefined): Whose {
  if (writer !== undefined && session === undefined) return { writer };
  if (session !== undefined && writer === undefined) return { session };
  const message = `expected either writer or session, found ${writer === undefined ? "neither" : "both"}`;
  throw new ValidationError(`The body is not valid: ${message}`, [{ path: "writer", message }]);
}
