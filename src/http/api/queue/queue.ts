import { Hono } from "hono";
import * as v from "valibot";
import { PREPROCESSING_VERSION } from "../../../digits/image-format.ts";
import { QUEUE_ORDERS } from "../../../domain/queue/order.ts";
import type { QueueRanking } from "../../../domain/queue/queue-store.ts";
import { ConflictError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import { writerNamed } from "../../access/own-name.ts";
import type { AppDeps } from "../../deps.ts";
import { described } from "../conditions.ts";
import { describe } from "../describe.ts";
import { INK, INK_EXAMPLE, inkEntries, limitInk, readInk } from "../ink.ts";
import { Name } from "../person.ts";
import { cursorOf, jsonBody, PageLimit, query, strict } from "../validate.ts";
import { ordersFor, requireOffered } from "./orders.ts";
import { QueueDrawingSchema, queueDrawingJson } from "./queue-json.ts";

const NewDrawingBody = v.pipe(
  strict({
    ...inkEntries,
    writer: v.optional(v.pipe(Name, v.description("Who drew it; decides the split"))),
  }),
  described({ ...INK, examples: [INK_EXAMPLE] }),
);

const AddedSchema = v.object({
  id: v.string(),
  state: v.pipe(
    v.picklist(["waiting", "discarded"]),
    v.description("`discarded`: a labeller has found it not usable, so it is in the queue no longer"),
  ),
});

const CountsSchema = v.pipe(
  v.object({
    unlabelled: v.number(),
    leased: v.pipe(v.number(), v.description("Of these, how many a labeller has now")),
    scored: v.pipe(v.number(), v.description("Of these, how many the live model has scored")),
    scored_by: v.array(v.object({ version: v.number(), n: v.number() })),
    model_version: v.nullable(v.number()),
    orders: v.pipe(v.array(v.picklist(QUEUE_ORDERS)), v.description("The orders that are offered now")),
    refused: v.pipe(
      v.array(v.object({ order: v.picklist(QUEUE_ORDERS), reason: v.string() })),
      v.description("The other orders, each with the reason"),
    ),
    diversity: v.pipe(
      v.nullable(
        v.object({
          seed: v.number(),
          model_version: v.pipe(
            v.nullable(v.number()),
            v.description("Whose features it uses; null for the pixels, in a project without a model"),
          ),
          candidates: v.number(),
          covered: v.number(),
          ranked: v.number(),
          left: v.number(),
          at: v.string(),
        }),
      ),
      v.description(
        "The order `diversity`: `ranked` of `candidates` drawings, the farthest from `covered` labelled ones first. Null before it was made",
      ),
    ),
    second_opinions: v.object({ share: v.number() }),
    known_answers: v.object({ share: v.number() }),
  }),
  v.metadata({ ref: "Queue" }),
);

const ListQuery = strict({
  order: v.optional(v.picklist(QUEUE_ORDERS), "newest"),
  cursor: v.optional(cursorOf("^[0-9]{1,9}$")),
  limit: v.optional(PageLimit),
});

const DrawingPage = v.object({
  drawings: v.array(QueueDrawingSchema),
  next_cursor: v.nullable(v.string()),
});

/** `/queue`: drawings without a label. */
export function createQueueApi(deps: Pick<AppDeps, "store" | "scoring" | "labelling">): Hono {
  const { queue } = deps.store;
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getQueue",
      tag: "Label queue",
      summary: "Count the drawings without a label, and list the orders",
      answers: { 200: { description: "The queue", schema: CountsSchema } },
      errors: [503],
    }),
    async (c) => {
      const versions = deps.scoring.versions();
      const { unlabelled, leased, scoredBy } = await queue.counts();
      const { offered, refused } = ordersFor(versions);
      const { shares } = deps.labelling();
      const ranking = await queue.ranking();
      return c.json({
        ...{ unlabelled, leased, scored: scoredBy.find(({ version }) => version === versions.live)?.n ?? 0 },
        ...{ scored_by: scoredBy, model_version: versions.live, orders: offered, refused },
        diversity: ranking === null ? null : rankingJson(ranking),
        ...{ second_opinions: { share: shares.second }, known_answers: { share: shares.known } },
      });
    },
  );

  api.post(
    "/drawings",
    describe({
      id: "queueDrawing",
      tag: "Label queue",
      summary: "Add a drawing without a label",
      description:
        "Durable before the response is sent. A drawing is kept once: one that is in the queue already is not stored again.",
      answers: {
        201: { description: "Added", schema: AddedSchema },
        200: { description: "It was in the queue already, or was discarded", schema: AddedSchema },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    limitInk(),
    jsonBody(NewDrawingBody),
    async (c) => {
      const { writer, ...input } = c.req.valid("json");
      const { drawing, pixels } = readInk(input);
      const [outcome] = await queue.add([
        {
          ...{ drawing, pixels, preprocessing: PREPROCESSING_VERSION },
          ...{ writer: writerNamed(c, writer) ?? null, session: null, source: "api", actor: actorOf(c) },
        },
      ]);
      if (outcome!.result === "forgotten")
        throw new ConflictError(
          "This drawing was forgotten at its writer's request, and is not stored again",
        );
      if (outcome!.result === "labelled")
        throw new ConflictError(`This drawing has a label already, as sample ${outcome!.id}`);
      const { id, result } = outcome!;
      return c.json(
        { id, state: result === "discarded" ? "discarded" : "waiting" },
        result === "added" ? 201 : 200,
      );
    },
  );

  api.get(
    "/drawings",
    describe({
      id: "listQueue",
      tag: "Label queue",
      summary: "List the drawings without a label",
      answers: { 200: { description: "One page of drawings", schema: DrawingPage } },
      errors: [400, 409, 422],
    }),
    query(ListQuery),
    async (c) => {
      const { order, cursor, limit } = c.req.valid("query");
      const versions = deps.scoring.versions();
      requireOffered(order, versions);
      const page = await queue.list({ order, ...versions, cursor, limit });
      return c.json({ drawings: page.drawings.map(queueDrawingJson), next_cursor: page.nextCursor });
    },
  );

  return api;
}

function rankingJson({ modelVersion, ...ranking }: QueueRanking) {
  return { ...ranking, model_version: modelVersion };
}
