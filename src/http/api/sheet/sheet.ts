import { Hono } from "hono";
import * as v from "valibot";
import { SAMPLE_STATES } from "../../../domain/sample.ts";
import { type BulkChange, MAX_SELECTED } from "../../../domain/samples/sheet/sheet-store.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { ClassName, described, exactlyOneOf, labelOnlyWith } from "../conditions.ts";
import { describe } from "../describe.ts";
import { requireClass } from "../label.ts";
import { jsonBody, PageLimit, pathParams, query, strict } from "../validate.ts";
import { filterEntries, filterOfQuery } from "./filter-query.ts";
import { selectionEntries, selectionOf } from "./selection.ts";
import { ActionSchema, actionJson, BulkResultSchema, bulkJson } from "./sheet-json.ts";

const DEFAULT_ACTIONS = 50;
const DEFAULT_ALIKE = 12;

const BulkBody = v.pipe(
  strict({
    ...selectionEntries,
    change: v.pipe(
      strict({
        kind: v.picklist(["relabel", "none", "withdraw", "restore", "confirm"]),
        label: v.optional(v.pipe(ClassName, v.description("For `relabel`: one of the classes"))),
      }),
      described(labelOnlyWith("relabel", ["none", "withdraw", "restore", "confirm"])),
    ),
  }),
  described(exactlyOneOf("samples", "filter")),
);
const ActionParam = v.object({ action: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)) });
const AlikeSchema = v.object({
  samples: v.array(
    v.object({
      id: v.string(),
      label: v.nullable(v.string()),
      state: v.picklist(SAMPLE_STATES),
      distance: v.pipe(
        v.number(),
        v.description("1 − cosine of the images: 0 is the same, 1 has no ink in common"),
      ),
    }),
  ),
});

/** `/samples/count`, `/samples/bulk`, `/samples/actions` and `/samples/{id}/alike`. Comes before `/samples/{id}`. */
export function createSheetApi(deps: Pick<AppDeps, "store" | "classes">): Hono {
  const { sheet, samples } = deps.store;
  const api = new Hono();

  api.get(
    "/count",
    describe({
      id: "countSamples",
      tag: "Samples",
      summary: "Count the samples that match a filter",
      answers: { 200: { description: "The number", schema: v.object({ n: v.number() }) } },
      errors: [422],
    }),
    query(strict(filterEntries)),
    async (c) => c.json({ n: await sheet.count(filterOfQuery(c.req.valid("query"))) }),
  );

  api.post(
    "/bulk",
    describe({
      id: "changeSamples",
      tag: "Samples",
      summary: "Relabel, mark, withdraw, restore or confirm many samples in one action",
      description: `Up to ${MAX_SELECTED} listed samples, or all that match a filter. What cannot be changed, because it is pinned, gone or changed in the meantime, is named, and the rest is done. The action is in the history of each sample and can be undone as a whole. Up to 2,000 samples are one transaction.`,
      answers: { 200: { description: "The action, and what it did not change", schema: BulkResultSchema } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(BulkBody),
    async (c) => {
      const body = c.req.valid("json");
      const result = await sheet.change(selectionOf(body), changeOf(deps.classes, body.change), actorOf(c));
      return c.json(bulkJson(result));
    },
  );

  api.get(
    "/actions",
    describe({
      id: "listSampleActions",
      tag: "Samples",
      summary: "The newest actions on many samples, and imports of the page",
      answers: { 200: { description: "Newest first", schema: v.object({ actions: v.array(ActionSchema) }) } },
      errors: [422],
    }),
    query(strict({ limit: v.optional(PageLimit) })),
    async (c) => {
      const actions = await sheet.actions(c.req.valid("query").limit ?? DEFAULT_ACTIONS);
      return c.json({ actions: actions.map(actionJson) });
    },
  );

  api.post(
    "/actions/:action/undo",
    describe({
      id: "undoSampleAction",
      tag: "Samples",
      summary: "Undo an action on many samples",
      description:
        "Each of its samples that still is as the action left it gets its earlier label, state and review; a sample that an import has stored is deleted. The others are named. 409 when it is undone already.",
      answers: { 200: { description: "The action, and what was not undone", schema: BulkResultSchema } },
      errors: [404, 409, 503, 507],
    }),
    pathParams(ActionParam),
    async (c) => c.json(bulkJson(await sheet.undo(c.req.valid("param").action, actorOf(c)))),
  );

  api.get(
    "/:id/alike",
    describe({
      id: "similarSamples",
      tag: "Samples",
      summary: "The samples that look most like one",
      description:
        "Compared by pixels with the newest 3,000 samples of its label and of its prediction each.",
      answers: { 200: { description: "The nearest first", schema: AlikeSchema } },
      errors: [404, 422],
    }),
    pathParams(v.object({ id: v.string() })),
    query(strict({ limit: v.optional(PageLimit) })),
    async (c) => {
      const id = c.req.param("id");
      if ((await samples.get(id)) === null)
        throw new NotFoundError(`There is no sample ${id.slice(0, 100)}.`);
      const alike = await sheet.alike(id, c.req.valid("query").limit ?? DEFAULT_ALIKE);
      return c.json({
        samples: alike.map(({ item, distance }) => ({
          ...{ id: item.id, label: item.label, state: item.state, distance },
        })),
      });
    },
  );

  return api;
}

/** @throws {ValidationError} for a label that is missing, not a class, or not of a relabelling. */
function changeOf(
  classes: readonly string[],
  { kind, label }: v.InferOutput<typeof BulkBody>["change"],
): BulkChange {
  if (kind === "relabel") {
    requireClass(classes, label ?? "");
    return { kind, label: label ?? "" };
  }
  if (label === undefined) return { kind };
  const message = `expected no label for "${kind}", found ${JSON.stringify(label.slice(0, 40))}`;
  throw new ValidationError(`change.label: ${message}`, [{ path: "change.label", message }]);
}
