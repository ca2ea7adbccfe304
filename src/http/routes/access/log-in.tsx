/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { LogInPage } from "../../../../views/pages/access/log-in.tsx";
import { nameKey } from "../../../domain/access/account.ts";
import { noteAction } from "../../access/audit.ts";
import { dropSession, sessionCookie } from "../../access/session-cookie.ts";
import type { AppDeps } from "../../deps.ts";
import { localPath } from "../../local-path.ts";
import { formFields } from "../../middleware/form.ts";
import { bareProps, enter, isReadable, keepPrivate, originOf } from "./door.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

type LogInDeps = Pick<AppDeps, "people" | "version">;

/** `/log-in` and `/log-out`: the way in with a name and a password, and the way out. */
export function createLogInRoutes(deps: LogInDeps): Hono {
  const { people } = deps;
  return new Hono()
    .get("/log-in", (c) => page(c, deps, { next: c.req.query("next"), name: "", refusal: null }))
    .post("/log-in", async (c) => {
      const { name = "", password = "", next } = await formFields(c);
      try {
        const begun = await people.logIn({ name, password }, originOf(c));
        noteAction(c, { actor: { kind: "session", name: begun.name } });
        await enter(c, deps, begun);
      } catch (error) {
        const refusal = refusalOf(c, error);
        await noteRefused(c, deps, name);
        return page(c, deps, { next, name, refusal });
      }
      return c.redirect(nextPath(next), 303);
    })
    .post("/log-out", async (c) => {
      const identity = c.get("identity");
      if (identity !== null && identity.sessionId !== null) await people.logOut(identity);
      else noteAction(c, { isNothing: true });
      dropSession(c);
      return c.redirect("/log-in", 303);
    });
}

/** The page to go to afterwards, on this server; never back to log in. */
function nextPath(next: unknown): string {
  const path = localPath(next);
  return /^\/log-(?:in|out)(?:[/?#]|$)/.test(path) ? "/" : path;
}

/** Only the name of an account that exists: people type their passwords there. */
async function noteRefused(c: Context, { people }: LogInDeps, typed: string): Promise<void> {
  const account = (await people.store.accounts()).find(({ name }) => nameKey(name) === nameKey(typed));
  if (account !== undefined) noteAction(c, { detail: { account: account.name } });
}

async function page(
  c: Context,
  { people, version }: LogInDeps,
  { next, name, refusal }: { next: string | undefined; name: string; refusal: Refusal | null },
): Promise<Response> {
  const to = nextPath(next);
  const [accounts, hasAdmin] = await Promise.all([people.store.accounts(), people.store.hasAdmin()]);
  const props = {
    ...bareProps(c, version, to === "/" ? "/log-in" : `/log-in?${new URLSearchParams({ next: to })}`),
    ...{ next: to, name, hasAdmin, problem: refusal?.message ?? null, here: c.get("identity") },
    canLogIn: accounts.some(({ hasPassword, disabledAt }) => hasPassword && disabledAt === null),
    isReadable: isReadable(c),
    hasEnded: refusal === null && c.get("identity") === null && sessionCookie(c) !== undefined,
  };
  keepPrivate(c);
  return c.html(`<!doctype html>${await LogInPage(props)}`, refusal?.status ?? 200);
}
