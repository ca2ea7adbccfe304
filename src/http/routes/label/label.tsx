/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import { QueueSwap } from "../../../../views/fragments/review/queue.tsx";
import { type LastStep, queuePath } from "../../../../views/fragments/review/queue-path.ts";
import { LabelPage } from "../../../../views/pages/label.tsx";
import type { Actor } from "../../../domain/actor.ts";
import { IN_REVIEW } from "../../../domain/samples/review.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import { requireClass } from "../../api/label.ts";
import type { AppDeps } from "../../deps.ts";
import { notOneOf } from "../../expected.ts";
import { findRun } from "../../find-run.ts";
import { formFields } from "../../middleware/form.ts";
import { isHtmx, pageProps, readerText } from "../reader.ts";
import { lastStep, requireState, scopeOf } from "./label-query.ts";
import { queueProps, readingOf } from "./label-queue.ts";
import { unlabelledPage } from "./unlabelled.tsx";

/** Of a sample. Other paths are none: 404, whatever the method. */
const ID = "{[0-9a-f-]{36}}";

type Fields = Partial<Record<string, string>>;

/** `/label`: the labels in review, one at a time, and the batches that are held as a whole. */
export function createLabelRoutes(deps: AppDeps): Hono {
  const routes = new Hono();

  routes.get("/unlabelled", (c) => unlabelledPage(c, deps));

  // Without a query, the page is about whatever waits: labels in review, else drawings without a label.
  routes.get("/", async (c) => {
    const query = c.req.query();
    requireState(query);
    const queue = await queueProps(deps, scopeOf(query), lastStep(query));
    // Not by the count in the navigation, which may be a second old.
    if (Object.keys(query).length === 0 && !isHtmx(c) && queue.total === 0) return unlabelledPage(c, deps);
    if (isHtmx(c)) return c.html(await QueueSwap({ text: readerText(c), ...queue }));
    const { unlabelled } = await deps.store.queue.counts();
    const props = { ...pageProps(c, deps.version), queue, unlabelled };
    return c.html(`<!doctype html>${await LabelPage(props)}`);
  });

  routes.post(`/:id${ID}`, async (c) => {
    const fields = await formFields(c);
    return back(c, fields, await decide(deps, c.req.param("id"), fields, actorOf(c)));
  });

  routes.post(`/:id${ID}/undo`, async (c) => {
    const fields = await formFields(c);
    const { was = "", from } = fields;
    requireClass(deps.classes, was);
    const state = IN_REVIEW.find((one) => one === from);
    if (state === undefined) throw notOneOf("from", IN_REVIEW, fields.from);
    const id = c.req.param("id");
    const sample = await deps.store.samples.reviewAgain(id, { label: was, state }, actorOf(c));
    if (sample === null) throw new NotFoundError(`There is no sample ${id.slice(0, 100)}`);
    return back(c, fields, { did: "undo", was });
  });

  routes.post("/batches/:run/:action{confirm|withdraw}", async (c) => {
    await formFields(c);
    const { id: runId } = await findRun(deps, c.req.param("run"));
    const isConfirmed = c.req.param("action") === "confirm";
    const { samples } = deps.store;
    const n = isConfirmed ? await samples.confirm({ runId }) : await samples.rejectHeld(runId, actorOf(c));
    return back(c, {}, { did: isConfirmed ? "confirmBatch" : "withdrawBatch", n });
  });

  return routes;
}

/** Returns to the same part of the queue. Where htmx asked, the browser follows, and gets the fragment. */
function back(c: Context, fields: Fields, last: LastStep): Response {
  return c.redirect(queuePath(scopeOf(fields), last), 303);
}

/** Applies a decision to a label, unless it is no longer in review with the label that the reader saw. */
async function decide(deps: AppDeps, id: string, fields: Fields, actor: Actor): Promise<LastStep> {
  const { samples } = deps.store;
  const sample = await samples.get(id);
  const state = IN_REVIEW.find((one) => one === sample?.review.state);
  if (sample === null || state === undefined || sample.label === null || sample.label !== fields.was) {
    return { did: "stale" };
  }
  const step = { id: sample.id, was: sample.label, label: sample.label, state };
  if (fields.do === "none" || fields.do === "withdraw") {
    await samples.update(id, { state: fields.do === "none" ? "negative" : "rejected" }, actor);
    return { ...step, did: fields.do };
  }
  const label = labelIn(deps.classes, fields, readingOf(sample), sample.label);
  if (label !== sample.label) await samples.update(id, { label }, actor);
  // A person has looked at it: it is not screened again.
  await samples.confirm({ id });
  return { ...step, label, did: label === sample.label ? "confirm" : "relabel" };
}

/** The label that the reader has chosen. @throws {InputError} when none was. */
function labelIn(classes: readonly string[], fields: Fields, reading: string | null, label: string): string {
  if (fields.as !== undefined) {
    requireClass(classes, fields.as);
    return fields.as;
  }
  if (fields.do === "confirm") return label;
  if (fields.do === "reading" && reading !== null) return reading;
  throw notOneOf("do", ["confirm", "reading", "none", "withdraw"], fields.do);
}
