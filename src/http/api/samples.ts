import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { Sample } from "../../domain/sample.ts";
import { NotFoundError } from "../../lib/errors.ts";
import { actorOf } from "../access/identity.ts";
import { ownDrawings } from "../access/own-drawings.ts";
import { writerNamed } from "../access/own-name.ts";
import type { AppDeps } from "../deps.ts";
import { ValidationError } from "../middleware/problem.ts";
import { confirmLabel } from "../reviews.ts";
import { ClassName, described, exactlyOneOf, NEVER } from "./conditions.ts";
import { describe } from "./describe.ts";
import { INK, INK_EXAMPLE, inkEntries, limitInk } from "./ink.ts";
import { requireClass, storeLabel } from "./label.ts";
import { Name } from "./person.ts";
import { SampleSchema, SampleSummarySchema, sampleJson, sampleSummaryJson } from "./sample-json.ts";
import { filterEntries, filterOfQuery } from "./sheet/filter-query.ts";
import { atMost, cursorOf, ID_FORM, jsonBody, PageLimit, pathParams, query, strict } from "./validate.ts";

const MAX_KEY = 200;

const NewSampleEntries = {
  ...inkEntries,
  label: v.optional(v.pipe(ClassName, v.description("One of the classes; send this or `state`"))),
  state: v.optional(
    v.pipe(v.literal("negative"), v.description("Instead of a label: the drawing is none of the classes")),
  ),
  prediction_id: v.optional(v.pipe(v.string(), atMost(100), v.description("From POST /predict"))),
  writer: v.optional(v.pipe(Name, v.description("Who drew it; decides the split"))),
  session: v.optional(v.pipe(Name, v.description("One session of an anonymous writer"))),
  sitting: v.optional(
    v.pipe(
      Name,
      v.description("Whose memory the drawing of an anonymous writer belongs to; the session by default"),
    ),
  ),
};
const NewSampleBody = v.pipe(
  strict(NewSampleEntries),
  described({ allOf: [INK, exactlyOneOf("label", "state")], examples: [{ ...INK_EXAMPLE, label: "1" }] }),
);

const State = v.picklist(["labelled", "negative", "rejected"]);
const ChangeBody = v.pipe(
  strict({ label: v.optional(ClassName), state: v.optional(State) }),
  described({
    minProperties: 1,
    oneOf: [
      { properties: { state: { enum: ["labelled", "rejected"] } } },
      { properties: { state: { const: "negative" }, label: NEVER }, required: ["state"] },
    ],
  }),
);

const ListQuery = strict({
  cursor: v.optional(cursorOf(ID_FORM)),
  ...filterEntries,
  limit: v.optional(PageLimit),
});

const IdParam = v.object({ id: v.string() });
const SamplePage = v.object({ samples: v.array(SampleSummarySchema), next_cursor: v.nullable(v.string()) });

/** `/samples`: labelled drawings, stored for training. */
export function createSamplesApi(deps: Pick<AppDeps, "store" | "scheduler" | "classes" | "clock">): Hono {
  const { samples } = deps.store;
  const api = new Hono();

  api.post(
    "/",
    describe({
      id: "createSample",
      tag: "Samples",
      summary: "Store a label for a drawing",
      description:
        "The sample is durable before the response is sent. A drawing is kept once: one that is already stored with this label is not stored again, and with another label it is a conflict.",
      headers: {
        "Idempotency-Key": {
          description: `Up to ${MAX_KEY} characters: a repeat stores nothing and returns 200`,
          ...{ minLength: 1, maxLength: MAX_KEY },
        },
      },
      answers: {
        201: { description: "Stored", schema: SampleSchema, headers: { Location: "The sample" } },
        200: {
          description: "Already stored: the same Idempotency-Key, or the same drawing with the same label",
          schema: SampleSchema,
        },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    limitInk(),
    jsonBody(NewSampleBody),
    async (c) => {
      const key = idempotencyKey(c.req.header("idempotency-key"));
      const { state, ...body } = c.req.valid("json");
      const label = labelOf(body.label, state);
      const { sample, isNew } = await storeLabel(
        deps,
        { ...body, label, writer: writerNamed(c, body.writer) },
        { source: sourceOf(c), actor: actorOf(c) },
        key,
      );
      return c.json(sampleJson(sample), isNew ? 201 : 200, { location: `/api/v1/samples/${sample.id}` });
    },
  );

  api.get(
    "/",
    describe({
      id: "listSamples",
      tag: "Samples",
      summary: "List samples, newest first",
      answers: { 200: { description: "One page of samples", schema: SamplePage } },
      errors: [400, 422],
    }),
    query(ListQuery),
    async (c) => {
      const { cursor, limit, ...filter } = c.req.valid("query");
      const page = await samples.list({
        ...filterOfQuery(filter),
        ...(cursor !== undefined && { cursor }),
        ...(limit !== undefined && { limit }),
      });
      return c.json({ samples: page.samples.map(sampleSummaryJson), next_cursor: page.nextCursor });
    },
  );

  api.get(
    "/:id",
    describe({
      id: "getSample",
      tag: "Samples",
      summary: "One sample with its strokes and image",
      answers: { 200: { description: "The sample", schema: SampleSchema } },
      errors: [404],
    }),
    pathParams(IdParam),
    async (c) => c.json(sampleJson(found(await samples.get(c.req.param("id")), c.req.param("id")))),
  );

  api.patch(
    "/:id",
    describe({
      id: "changeSample",
      tag: "Samples",
      summary: "Correct the label, mark a drawing as none of the classes, or withdraw it",
      description:
        "A label makes a negative drawing a labelled one; the state `negative` removes the label. A pinned drawing cannot be changed: 409.",
      answers: { 200: { description: "The updated sample", schema: SampleSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    ownDrawings(deps),
    jsonBody(ChangeBody),
    async (c) => {
      const change = c.req.valid("json");
      if (change.label === undefined && change.state === undefined) {
        const message = "expected label, state or both";
        throw new ValidationError(`The body is not valid: ${message}`, [{ path: "", message }]);
      }
      if (change.label !== undefined) requireClass(deps.classes, change.label);
      return c.json(
        sampleJson(found(await samples.update(c.req.param("id"), change, actorOf(c)), c.req.param("id"))),
      );
    },
  );

  api.post(
    "/:id/confirm",
    describe({
      id: "confirmSample",
      tag: "Reviews",
      summary: "Confirm that a label is correct",
      description: "The label leaves review, and is not screened again unless it changes.",
      answers: { 200: { description: "The sample", schema: SampleSchema } },
      errors: [404, 409, 503, 507],
    }),
    pathParams(IdParam),
    async (c) => c.json(sampleJson(await confirmLabel(samples, c.req.param("id")))),
  );

  api.delete(
    "/:id",
    describe({
      id: "deleteSample",
      tag: "Samples",
      summary: "Delete a sample permanently",
      description: "A pinned drawing cannot be deleted: 409.",
      answers: { 204: { description: "The sample is deleted" } },
      errors: [404, 409, 503, 507],
    }),
    pathParams(IdParam),
    ownDrawings(deps),
    async (c) => {
      const id = c.req.param("id");
      if (!(await samples.delete(id, actorOf(c)))) throw new NotFoundError(`There is no sample ${id}.`);
      return c.body(null, 204);
    },
  );

  return api;
}

/** The label, or null for the state "negative". @throws {ValidationError} unless exactly one of the two is given. */
function labelOf(label: string | undefined, state: "negative" | undefined): string | null {
  if (label !== undefined && state === undefined) return label;
  if (label === undefined && state !== undefined) return null;
  const found = label === undefined ? "neither" : "both";
  const message = `expected a label or the state "negative", found ${found}`;
  throw new ValidationError(`label: ${message}`, [{ path: "label", message }]);
}

/** "draw" for browsers, which name the sending page (`sameOrigin` admits only ours); "api" for other programs. */
function sourceOf(c: Context): "draw" | "api" {
  return c.req.header("origin") === undefined ? "api" : "draw";
}

function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || (header !== "" && header.length <= MAX_KEY)) return header;
  const message = `expected 1 to ${MAX_KEY} characters, found ${header.length}`;
  throw new ValidationError(`Idempotency-Key: ${message}`, [{ path: "Idempotency-Key", message }]);
}

function found(sample: Sample | null, id: string): Sample {
  if (sample === null) throw new NotFoundError(`There is no sample ${id.slice(0, 100)}.`);
  return sample;
}
