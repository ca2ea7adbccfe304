import { Hono } from "hono";
import type { AppDeps } from "../../deps.ts";
import { createAccountsRoutes } from "./accounts.tsx";
import { createAuditRoutes } from "./audit.tsx";
import { createInvitationsRoutes } from "./invitations.tsx";

/** `/people`: accounts, invitations and the audit log. Who may do what is in the table of rules. */
export function createPeopleRoutes(deps: AppDeps): Hono {
  return new Hono()
    .use(async (c, next) => {
      await next();
      // Some have a link that lets someone in: neither the browser nor a proxy may keep it.
      c.res.headers.set("cache-control", "no-store");
    })
    .route("/invitations", createInvitationsRoutes(deps))
    .route("/audit", createAuditRoutes(deps))
    .route("/", createAccountsRoutes(deps));
}
