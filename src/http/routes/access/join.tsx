/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { JoinPage } from "../../../../views/pages/access/join.tsx";
import type { AccessLink } from "../../../domain/access/link.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { noteAction } from "../../access/audit.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { bareProps, enter, keepPrivate, originOf } from "./door.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { gonePage } from "./welcome.tsx";

type JoinDeps = Pick<AppDeps, "people" | "version" | "clock">;

/** `/join/:secret`: an invitation, by which someone comes in with a name alone. */
export function createJoinRoutes(deps: JoinDeps): Hono {
  const { people } = deps;
  return new Hono()
    .get("/join/:secret", async (c) => {
      const link = await invitationOf(c, deps);
      return link === null ? gonePage(c, deps) : page(c, deps, link, { name: "", refusal: null });
    })
    .post("/join/:secret", async (c) => {
      const { name = "" } = await formFields(c);
      const link = await invitationOf(c, deps);
      if (link === null) return gonePage(c, deps);
      try {
        const begun = await people.join(c.req.param("secret"), name, originOf(c));
        noteAction(c, {
          ...{ actor: { kind: "session", name: begun.name }, target: String(link.id) },
          detail: { title: link.title },
        });
        await enter(c, deps, begun);
      } catch (error) {
        if (error instanceof NotFoundError) return gonePage(c, deps);
        return page(c, deps, link, { name, refusal: refusalOf(c, error) });
      }
      return c.redirect("/", 303);
    });
}

/** The link of the path, if it is an invitation that works. */
async function invitationOf(c: Context, { people }: JoinDeps): Promise<AccessLink | null> {
  const link = await people.openLink(c.req.param("secret") ?? "");
  return link?.kind === "invitation" ? link : null;
}

async function page(
  c: Context,
  { version, clock }: JoinDeps,
  link: AccessLink,
  { name, refusal }: { name: string; refusal: Refusal | null },
): Promise<Response> {
  const here = c.get("identity");
  const props = {
    ...{ ...bareProps(c, version), name, problem: refusal?.message ?? null },
    invitation: { title: link.title ?? "", role: link.role },
    lastsMs: Date.parse(link.expiresAt) - clock.now().getTime(),
    // Only a session is replaced by joining.
    here:
      here === null || here.sessionId === null || here.name === null ? null : { ...here, name: here.name },
  };
  keepPrivate(c);
  return c.html(`<!doctype html>${await JoinPage(props)}`, refusal?.status ?? 200);
}
