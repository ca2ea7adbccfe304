import { Hono } from "hono";
import * as v from "valibot";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { PageLimit, query, strict } from "../validate.ts";
import { AuditSchema, auditJson } from "./audit-json.ts";

const AuditQuery = strict({
  actor: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(200, "expected at most 200 characters"),
      v.description("Kind and name of who did it, such as `session:Ann`, `token:Ann/ci` or `local`"),
    ),
  ),
  action: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z_]{1,40}(?:\.[a-z_]{1,40})?$/, "expected an action or its kind, such as model.promote"),
      v.description("An action such as `model.promote`, or a kind such as `model` for all of its actions"),
    ),
  ),
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

const AuditPage = v.object({ records: v.array(AuditSchema), next_cursor: v.nullable(v.string()) });
const DEFAULT_LIMIT = 100;

/** `/audit`: who did what. */
export function createAuditApi({ people }: Pick<AppDeps, "people">): Hono {
  const api = new Hono();
  api.get(
    "/",
    describe({
      id: "listAuditRecords",
      tag: "Access",
      summary: "The audit log, newest first",
      description: "Needs the role admin. Records are never changed or removed.",
      answers: { 200: { description: "One page of records", schema: AuditPage } },
      errors: [403, 422],
    }),
    query(AuditQuery),
    async (c) => {
      const { actor, action, cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const found = await people.store.audit({
        limit: limit + 1,
        ...(actor === undefined ? {} : { actor }),
        ...(action === undefined ? {} : { action }),
        ...(cursor === undefined ? {} : { before: cursor }),
      });
      const page = found.slice(0, limit);
      return c.json({
        records: page.map(auditJson),
        next_cursor: found.length > limit ? String(page.at(-1)!.id) : null,
      } satisfies v.InferOutput<typeof AuditPage>);
    },
  );
  return api;
}
