import { Hono } from "hono";
import * as v from "valibot";
import type { Actor } from "../../domain/actor.ts";
import { IN_REVIEW } from "../../domain/samples/review.ts";
import { actorOf } from "../access/identity.ts";
import type { AppDeps } from "../deps.ts";
import { findRun } from "../find-run.ts";
import { describe } from "./describe.ts";
import { SampleSummarySchema, sampleSummaryJson } from "./sample-json.ts";
import { atMost, cursorOf, PageLimit, pathParams, query, strict } from "./validate.ts";

const ListQuery = strict({
  state: v.optional(
    v.pipe(
      v.picklist(IN_REVIEW),
      v.description(
        "`suspect` (the default): the model is confident of another class. `held`: the batch is in review as a whole",
      ),
    ),
    "suspect",
  ),
  run: v.optional(
    v.pipe(v.string(), atMost(100), v.description("Only labels that this run put into review")),
  ),
  cursor: v.optional(cursorOf("^[0-9.]{1,30}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")),
  limit: v.optional(PageLimit),
});

const ReviewPage = v.object({ samples: v.array(SampleSummarySchema), next_cursor: v.nullable(v.string()) });

const CountsSchema = v.pipe(
  v.object({
    suspect: v.number(),
    held: v.number(),
    pinned: v.pipe(v.number(), v.description("Drawings that an operator has pinned; they cannot be changed")),
    batches: v.pipe(
      v.array(v.object({ run_id: v.string(), n: v.number(), held: v.number() })),
      v.description(
        "The runs that hold labels, newest first, with all their labels in review, and those held",
      ),
    ),
  }),
  v.metadata({ ref: "ReviewCounts" }),
);

const ChangedSchema = v.pipe(
  v.object({ run_id: v.string(), n: v.pipe(v.number(), v.description("Number of labels")) }),
  v.metadata({ ref: "ReviewedBatch" }),
);

/** `/reviews`: the labels that wait for a person, and batches that are held as a whole. */
export function createReviewsApi(deps: Pick<AppDeps, "store">): Hono {
  const { samples } = deps.store;
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listReviews",
      tag: "Reviews",
      summary: "List labels in review, the least probable first",
      description: "Nothing trains on these labels until they are confirmed or changed.",
      answers: { 200: { description: "One page of samples", schema: ReviewPage } },
      errors: [400, 422],
    }),
    query(ListQuery),
    async (c) => {
      const { run, ...rest } = c.req.valid("query");
      const page = await samples.inReview({ ...rest, ...(run !== undefined && { runId: run }) });
      return c.json({ samples: page.samples.map(sampleSummaryJson), next_cursor: page.nextCursor });
    },
  );

  api.get(
    "/counts",
    describe({
      id: "countReviews",
      tag: "Reviews",
      summary: "Count labels in review and pinned drawings",
      answers: { 200: { description: "The counts", schema: CountsSchema } },
    }),
    async (c) => {
      const { batches, ...counts } = await samples.reviewCounts();
      return c.json({
        ...counts,
        batches: batches.map(({ runId, ...batch }) => ({ run_id: runId, ...batch })),
      });
    },
  );

  const batch = {
    confirm: (runId: string, _actor: Actor) => samples.confirm({ runId }),
    withdraw: (runId: string, actor: Actor) => samples.rejectHeld(runId, actor),
  };
  const words = {
    confirm: [
      "confirmBatch",
      "Confirm all labels that a run has put into review",
      "They are used from the next run on.",
    ],
    withdraw: [
      "withdrawBatch",
      "Withdraw all labels that a run has put into review",
      "The drawings are kept, but nothing trains on them.",
    ],
  } as const;
  for (const action of ["confirm", "withdraw"] as const) {
    const [id, summary, description] = words[action];
    api.post(
      `/:run_id/${action}`,
      describe({
        id,
        tag: "Reviews",
        summary,
        description: `${description} Suspect labels of the run are included.`,
        answers: {
          200: { description: "The number of labels; 0 when none was in review", schema: ChangedSchema },
        },
        errors: [404, 503, 507],
      }),
      pathParams(v.object({ run_id: v.string() })),
      async (c) => {
        const run = await findRun(deps, c.req.param("run_id") ?? "");
        return c.json({ run_id: run.id, n: await batch[action](run.id, actorOf(c)) });
      },
    );
  }

  return api;
}
