/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { isAtLeast, ROLES, type Role } from "../../../domain/access/role.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { noteAction } from "../../access/audit.ts";
import { identityOf } from "../../access/identity.ts";
import { dropSession, keepSession } from "../../access/session-cookie.ts";
import type { AppDeps } from "../../deps.ts";
import { notOneOf } from "../../expected.ts";
import { formFields } from "../../middleware/form.ts";
import { readerText } from "../reader.ts";
import { accountPage, DONE, TOKEN_DAYS } from "./account-page.tsx";
import { originOf } from "./door.ts";
import { refusalOf } from "./refusal.ts";

/** `/account`: who the reader is, and what belongs to his account. */
export function createAccountRoutes(deps: Pick<AppDeps, "people" | "version" | "clock">): Hono {
  const { people } = deps;
  return new Hono()
    .get("/", (c) => {
      const done = DONE.find((one) => one === c.req.query("done")) ?? null;
      return accountPage(c, deps, { done });
    })
    .post("/password", async (c) => {
      const { current = "", password = "", again = "" } = await formFields(c);
      if (password !== again) {
        const refusal = { status: 422 as const, message: readerText(c).t("door.differ") };
        return accountPage(c, deps, { password: refusal });
      }
      try {
        const begun = await people.changePassword(identityOf(c), { current, next: password }, originOf(c));
        keepSession(c, begun);
      } catch (error) {
        return accountPage(c, deps, { password: refusalOf(c, error) });
      }
      return c.redirect("/account?done=password", 303);
    })
    .post("/sessions/:id/end", async (c) => {
      await formFields(c);
      const identity = identityOf(c);
      const id = idOf(c.req.param("id"), "session");
      await people.endSession(id, identity);
      if (id !== identity.sessionId) return c.redirect("/account?done=session", 303);
      dropSession(c);
      return c.redirect("/log-in", 303);
    })
    .post("/tokens", async (c) => {
      const { name = "", role, days } = await formFields(c);
      const identity = identityOf(c);
      const given = { name, role: roleOf(role, identity.role), days: daysOf(days) };
      try {
        const { token, secret } = await people.addToken(given, identity);
        noteAction(c, { target: String(token.id), detail: { name: token.name, role: token.role } });
        return accountPage(c, deps, { made: { name: token.name, secret } });
      } catch (error) {
        return accountPage(c, deps, { token: { ...refusalOf(c, error), typed: given } });
      }
    })
    .post("/tokens/:id/revoke", async (c) => {
      await formFields(c);
      const { name } = await people.revokeToken(idOf(c.req.param("id"), "token"), identityOf(c));
      noteAction(c, { detail: { name } });
      return c.redirect("/account?done=token", 303);
    });
}

/** The least role for what no form of ours sends. */
function roleOf(sent: string | undefined, own: Role): Role {
  return ROLES.find((role) => role === sent) ?? (isAtLeast(own, "labeller") ? "labeller" : "viewer");
}

/** @throws InputError for a time that is not offered; the shortest one when none is given. */
function daysOf(sent: string | undefined): number | null {
  if (sent === "never") return null;
  if (sent === undefined) return TOKEN_DAYS[0]!;
  const days = TOKEN_DAYS.find((one) => one !== null && String(one) === sent);
  if (days === undefined)
    throw notOneOf(
      "days",
      TOKEN_DAYS.map((one) => String(one ?? "never")),
      sent,
    );
  return days;
}

function idOf(sent: string, thing: "session" | "token"): number {
  if (/^[1-9]\d{0,14}$/.test(sent)) return Number(sent);
  throw new NotFoundError(`There is no ${thing} of this id.`);
}
