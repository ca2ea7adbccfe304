/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { AuditPage } from "../../../../views/pages/people/audit.tsx";
import { AUDIT_KINDS } from "../../../domain/access/audit-kinds.ts";
import type { AppDeps } from "../../deps.ts";
import { notOneOf } from "../../expected.ts";
import { sendFile } from "../../send-file.ts";
import { pageProps } from "../reader.ts";
import { AUDIT_FORMATS, exportAudit } from "./audit-export.ts";

/** Records on a page. */
const PAGE = 100;
/** Characters of an actor, longer than any. */
const MAX_ACTOR = 200;

/** `/people/audit`: who did what, newest first, and all of it as a file. */
export function createAuditRoutes(deps: AppDeps): Hono {
  const { store } = deps.people;
  return new Hono()
    .get("/", async (c) => {
      const { actor = "", kind: asked = "", before: given = "" } = c.req.query();
      const kind = AUDIT_KINDS.find((one) => one === asked) ?? null;
      if (kind === null && asked !== "") throw notOneOf("kind", AUDIT_KINDS, asked);
      const before = /^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined;
      const [found, accounts] = await Promise.all([
        store.audit({
          limit: PAGE + 1,
          ...(actor === "" ? {} : { actor: actor.slice(0, MAX_ACTOR) }),
          ...(kind === null ? {} : { action: kind }),
          ...(before === undefined ? {} : { before }),
        }),
        store.accounts(),
      ]);
      const records = found.slice(0, PAGE);
      const props = {
        ...{ ...pageProps(c, deps.version), path: "/people/audit", records, accounts, actor, kind },
        isFirstPage: before === undefined,
        nextBefore: found.length > PAGE ? records.at(-1)!.id : null,
      };
      return c.html(`<!doctype html>${await AuditPage(props)}`);
    })
    .get("/export", (c) => {
      const asked = c.req.query("format");
      const format = AUDIT_FORMATS.find((one) => one === asked);
      if (format === undefined) throw notOneOf("format", AUDIT_FORMATS, asked);
      return sendFile(c, exportAudit(store, format));
    });
}
