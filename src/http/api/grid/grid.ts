import { Hono } from "hono";
import * as v from "valibot";
import { GRID_PAGE, type GridDecisions, type OddDecision } from "../../../domain/samples/grid/grid-store.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { ClassName, described, labelOnlyWith } from "../conditions.ts";
import { describe } from "../describe.ts";
import { requireClass } from "../label.ts";
import { BulkResultSchema, bulkJson } from "../sheet/sheet-json.ts";
import { atMost, jsonBody, query, strict } from "../validate.ts";
import { PageLimitOfGrid } from "./grid-limit.ts";

const PageQuery = strict({
  label: v.pipe(ClassName, v.description("One of the classes")),
  limit: v.optional(PageLimitOfGrid),
});

const PageSchema = v.object({
  label: v.string(),
  samples: v.array(
    v.object({
      id: v.string(),
      predicted: v.pipe(
        v.nullable(v.string()),
        v.description("The class that the model predicted when it was drawn"),
      ),
      suspect: v.pipe(
        v.boolean(),
        v.description("Whether the label is in review, by screening or a second opinion"),
      ),
    }),
  ),
});

const CountsSchema = v.object({
  classes: v.array(
    v.object({
      label: v.string(),
      unconfirmed: v.pipe(v.number(), v.description("For the grid to decide about")),
      suspect: v.pipe(v.number(), v.description("Of `unconfirmed`, those that are in review, too")),
      confirmed: v.pipe(v.number(), v.description("A person has looked at them; pinned drawings included")),
      in_review: v.pipe(
        v.number(),
        v.description("All in review, as in /reviews/counts: the suspect ones, and those left there or held"),
      ),
    }),
  ),
});

const Id = v.pipe(v.string(), atMost(100));
const DecideBody = strict({
  label: v.pipe(
    ClassName,
    v.description("The label that you have seen; a sample with another one is not changed"),
  ),
  confirm: v.pipe(v.array(Id), v.maxLength(GRID_PAGE), v.description("The samples whose label is correct")),
  odd: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          strict({
            id: Id,
            kind: v.pipe(
              v.picklist(["relabel", "none", "withdraw", "review"]),
              v.description(
                "`none`: of none of the classes. `review`: leave it to the label queue, as suspect",
              ),
            ),
            label: v.optional(v.pipe(ClassName, v.description("For `relabel`: one of the classes"))),
          }),
          described(labelOnlyWith("relabel", ["none", "withdraw", "review"])),
        ),
      ),
      v.maxLength(GRID_PAGE),
    ),
    [],
  ),
});

const ResultSchema = v.pipe(
  v.object({
    ...BulkResultSchema.pipe[0].entries,
    confirmed: v.number(),
    corrected: v.pipe(v.number(), v.description("Relabelled, of none of the classes, or withdrawn")),
    left: v.pipe(v.number(), v.description("Left to the label queue")),
  }),
  v.metadata({ ref: "GridResult" }),
);

/** `/samples/grid`: many labels of one class confirmed at once. Comes before `/samples/{id}`. */
export function createGridApi({ store, classes }: Pick<AppDeps, "store" | "classes">): Hono {
  const { grid } = store;
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getGrid",
      tag: "Reviews",
      summary: "The drawings of a class whose labels no person has confirmed",
      description: `Suspect labels first, then labels that differ from the prediction, then the least confident, each by the probability of the label. What has been decided is no longer in it, so the next page is the first again. Up to ${GRID_PAGE}, which is the default.`,
      answers: { 200: { description: "The first drawings", schema: PageSchema } },
      errors: [422],
    }),
    query(PageQuery),
    async (c) => {
      const { label, limit = GRID_PAGE } = c.req.valid("query");
      requireClass(classes, label);
      const items = await grid.page(label, limit);
      return c.json({
        label,
        samples: items.map(({ id, predicted, isSuspect }) => ({ id, predicted, suspect: isSuspect })),
      });
    },
  );

  api.get(
    "/counts",
    describe({
      id: "countGrid",
      tag: "Reviews",
      summary: "Count the labels of each class that are confirmed, and that are not",
      answers: { 200: { description: "Classes with labelled drawings", schema: CountsSchema } },
    }),
    async (c) => {
      const counts = await grid.counts();
      return c.json({ classes: counts.map(({ inReview, ...rest }) => ({ ...rest, in_review: inReview })) });
    },
  );

  api.post(
    "/",
    describe({
      id: "decideGrid",
      tag: "Reviews",
      summary: "Decide about a page of drawings of one class in one action",
      description: `Up to ${GRID_PAGE} samples, each once, in one transaction. What cannot be changed, because it is pinned, gone or changed in the meantime, is named, and the rest is done. POST /samples/actions/{action}/undo undoes the page as a whole.`,
      answers: { 200: { description: "The action, and what it did not change", schema: ResultSchema } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(DecideBody),
    async (c) => {
      const decisions = decisionsOf(classes, c.req.valid("json"));
      const { confirmed, corrected, left, ...result } = await grid.decide(decisions, actorOf(c));
      return c.json({ ...bulkJson(result), confirmed, corrected, left });
    },
  );

  return api;
}

/** @throws {ValidationError} for a label that is missing, not a class, or not of a relabelling. */
function decisionsOf(
  classes: readonly string[],
  { label, confirm, odd }: v.InferOutput<typeof DecideBody>,
): GridDecisions {
  requireClass(classes, label);
  return {
    label,
    confirm,
    odd: odd.map(({ id, kind, label: to }) => ({ id, decision: oddDecision(classes, kind, to) })),
  };
}

function oddDecision(classes: readonly string[], kind: OddDecision["kind"], label?: string): OddDecision {
  if (kind === "relabel") {
    requireClass(classes, label ?? "");
    return { kind, label: label! };
  }
  if (label === undefined) return { kind };
  const message = `expected no label for "${kind}", found ${JSON.stringify(label.slice(0, 40))}`;
  throw new ValidationError(`odd.label: ${message}`, [{ path: "odd.label", message }]);
}
