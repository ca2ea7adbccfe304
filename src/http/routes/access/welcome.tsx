/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { LinkGonePage } from "../../../../views/pages/access/link-gone.tsx";
import { WelcomePage } from "../../../../views/pages/access/welcome.tsx";
import { MIN_PASSWORD } from "../../../access/passwords.ts";
import type { AccessLink } from "../../../domain/access/link.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { noteAction } from "../../access/audit.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { readerText } from "../reader.ts";
import { bareProps, enter, isReadable, keepPrivate, originOf } from "./door.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

type WelcomeDeps = Pick<AppDeps, "people" | "version" | "clock">;

/** `/welcome/:secret`: a link that works once, by which an admin or the owner of an account chooses a password. */
export function createWelcomeRoutes(deps: WelcomeDeps): Hono {
  const { people } = deps;
  return new Hono()
    .get("/welcome/:secret", async (c) => {
      const link = await linkOf(c, deps);
      return link === null ? gonePage(c, deps) : page(c, deps, link, { name: "", refusal: null });
    })
    .post("/welcome/:secret", async (c) => {
      const { name = "", password = "", again = "" } = await formFields(c);
      const link = await linkOf(c, deps);
      if (link === null) return gonePage(c, deps);
      if (password !== again) {
        const refusal: Refusal = { status: 422, message: readerText(c).t("door.differ") };
        return page(c, deps, link, { name, refusal });
      }
      const secret = c.req.param("secret");
      try {
        const begun =
          link.kind === "admin"
            ? await people.becomeAdmin(secret, { name, password }, originOf(c))
            : await people.choosePassword(secret, password, originOf(c));
        noteAction(c, {
          actor: { kind: "session", name: begun.name },
          detail: { by: "link", role: link.role },
        });
        await enter(c, deps, begun);
      } catch (error) {
        if (error instanceof NotFoundError) return gonePage(c, deps);
        return page(c, deps, link, { name, refusal: refusalOf(c, error) });
      }
      return c.redirect("/", 303);
    });
}

/** The link of the path, if it is of this page and works. */
async function linkOf(c: Context, { people }: WelcomeDeps): Promise<AccessLink | null> {
  const link = await people.openLink(c.req.param("secret") ?? "");
  return link === null || link.kind === "invitation" ? null : link;
}

async function page(
  c: Context,
  { people, version, clock }: WelcomeDeps,
  link: AccessLink,
  { name, refusal }: { name: string; refusal: Refusal | null },
): Promise<Response> {
  const account = link.accountId === null ? null : await people.store.account(link.accountId);
  if (link.kind === "account" && account === null) return gonePage(c, { version });
  const props = {
    ...{ ...bareProps(c, version), name, account, least: MIN_PASSWORD, isReadable: isReadable(c) },
    problem: refusal?.message ?? null,
    lastsMs: Date.parse(link.expiresAt) - clock.now().getTime(),
  };
  keepPrivate(c);
  return c.html(`<!doctype html>${await WelcomePage(props)}`, refusal?.status ?? 200);
}

/** The page behind a link that does not work. The language switch leads away: the page has no other address. */
export async function gonePage(c: Context, { version }: Pick<AppDeps, "version">): Promise<Response> {
  keepPrivate(c);
  return c.html(`<!doctype html>${await LinkGonePage(bareProps(c, version))}`, 404);
}
