import { Hono } from "hono";
import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import type { Notice } from "../../../domain/notice.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { jsonBody, pathParams, strict } from "../validate.ts";

const NoticeSchema = v.pipe(
  v.object({
    id: v.number(),
    message: v.string(),
    href: v.string(),
    created_at: v.string(),
    acknowledged_at: v.nullable(v.string()),
    acknowledged_by: v.nullable(ActorSchema),
  }),
  v.metadata({ ref: "Notice" }),
);
const ListSchema = v.object({ notices: v.array(NoticeSchema) });
const IdParam = v.object({ id: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number)) });

/** `/notices`: what every page shows until someone acknowledges it. */
export function createNoticesApi({ store: { notices } }: Pick<AppDeps, "store">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listNotices",
      tag: "Notices",
      summary: "Notices that nobody has acknowledged, newest first",
      answers: { 200: { description: "At most 5", schema: ListSchema } },
    }),
    async (c) => c.json({ notices: (await notices.open()).map(noticeJson) }),
  );

  api.post(
    "/:id/acknowledge",
    describe({
      id: "acknowledgeNotice",
      tag: "Notices",
      summary: "Acknowledge a notice, so that pages no longer show it",
      answers: { 200: { description: "The notice", schema: NoticeSchema } },
      errors: [400, 404, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    jsonBody(strict({})),
    async (c) => {
      const { id } = c.req.valid("param");
      const notice = await notices.acknowledge(id, actorOf(c));
      if (notice === null) throw new NotFoundError(`There is no notice ${id}.`);
      return c.json(noticeJson(notice));
    },
  );

  return api;
}

function noticeJson({
  id,
  message,
  href,
  createdAt,
  acknowledgedAt,
  acknowledgedBy,
}: Notice): v.InferOutput<typeof NoticeSchema> {
  return {
    ...{ id, message, href },
    created_at: createdAt,
    acknowledged_at: acknowledgedAt,
    acknowledged_by: acknowledgedBy,
  };
}
