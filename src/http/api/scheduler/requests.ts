import type { Hono } from "hono";
import * as v from "valibot";
import { MAX_REASON, REQUEST_KINDS, REQUEST_STATES } from "../../../domain/scheduler/request.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import {
  atMost,
  jsonBody,
  oneLine,
  PageLimit,
  pathParams,
  query,
  strict,
  VISIBLE_LINE,
} from "../validate.ts";
import { RequestSchema, requestJson } from "./scheduler-json.ts";

/** Why a person decides so. */
export const Reason = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty("expected a reason, found an empty string"),
  atMost(MAX_REASON, `expected at most ${MAX_REASON} characters`),
  oneLine,
  v.metadata({ pattern: VISIBLE_LINE }),
);

const RequestsQuery = strict({
  kind: v.optional(v.picklist(REQUEST_KINDS)),
  state: v.optional(v.picklist(REQUEST_STATES)),
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,14}$/, "expected next_cursor of the previous page"),
      v.transform(Number),
      v.description("`next_cursor` of the previous page"),
    ),
  ),
  limit: v.optional(PageLimit),
});

const RequestsPage = v.object({ requests: v.array(RequestSchema), next_cursor: v.nullable(v.string()) });
const IdParam = v.object({ id: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/)) });
const DEFAULT_LIMIT = 50;
/** The most that the store gives at once, less the one that shows that a next page exists. */
const MAX_LIMIT = 199;

/** Adds `/requests`: runs and promotions that wait for a person. */
export function addRequestRoutes(
  api: Hono,
  { scheduler, store }: Pick<AppDeps, "scheduler" | "store">,
): void {
  api.get(
    "/requests",
    describe({
      id: "listSchedulerRequests",
      tag: "Scheduler",
      summary: "Runs and promotions that wait, or have waited, for a person, newest first",
      answers: { 200: { description: "One page of requests", schema: RequestsPage } },
      errors: [422],
    }),
    query(RequestsQuery),
    async (c) => {
      const { kind, state, cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const size = Math.min(limit, MAX_LIMIT);
      const found = await store.scheduler.requests({
        kind,
        states: state === undefined ? undefined : [state],
        limit: size + 1,
        before: cursor,
      });
      const page = found.slice(0, size);
      const next = found.length > size ? String(page.at(-1)!.id) : null;
      return c.json({ requests: page.map(requestJson), next_cursor: next });
    },
  );

  api.get(
    "/requests/:id",
    describe({
      id: "getSchedulerRequest",
      tag: "Scheduler",
      summary: "One request",
      answers: { 200: { description: "The request", schema: RequestSchema } },
      errors: [404],
    }),
    pathParams(IdParam),
    async (c) => {
      const id = Number(c.req.param("id"));
      const request = await store.scheduler.getRequest(id);
      if (request === null) throw new NotFoundError(`There is no request ${id}`);
      return c.json(requestJson(request));
    },
  );

  for (const [act, state] of [
    ["approve", "approved"],
    ["decline", "declined"],
  ] as const) {
    api.post(
      `/requests/:id/${act}`,
      describe({
        id: `${act}SchedulerRequest`,
        tag: "Scheduler",
        summary: act === "approve" ? "Approve a run or a promotion" : "Decline a run or a promotion",
        description:
          act === "approve"
            ? "An approved run starts as soon as no other is running; an approved version goes live before the response."
            : "After a declined run, every trigger counts from now. A declined version stays a candidate.",
        answers: { 200: { description: "The decided request", schema: RequestSchema } },
        errors: [400, 404, 409, 413, 415, 422, 503, 507],
      }),
      pathParams(IdParam),
      jsonBody(strict({ reason: Reason })),
      async (c) => {
        const { reason } = c.req.valid("json");
        const verdict = { state, by: actorOf(c), via: "api" as const, reason };
        return c.json(requestJson(await scheduler.decide(Number(c.req.param("id")), verdict)));
      },
    );
  }
}
