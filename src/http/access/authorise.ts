import type { Context, Hono, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { isAtLeast, ROLES, type Role } from "../../domain/access/role.ts";
import { ForbiddenError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { notLoggedIn } from "./identity.ts";
import { type Rule, ruleOf } from "./rules.ts";

/**
 * Refuses what the role of whoever sent the request does not allow: 401 when nobody has logged in, else 403 with the role
 * that is needed. It decides by the routes that match the path, so what a page or a program may do is in one table. A path
 * without a route, or a method that it does not allow, needs a viewer: what is there is nobody else's business.
 */
export function authorise(): MiddlewareHandler {
  return async (c, next) => {
    requireAllowed(c);
    await next();
  };
}

/** Refuses a request as `authorise` does. @throws UnauthenticatedError, ForbiddenError. */
export function requireAllowed(c: Context): void {
  const needs = needsOf(c);
  if (needs !== "open") requireRole(c, needs);
}

/** Refuses (403) a role that is less than `needed`. @throws UnauthenticatedError when nobody has logged in. */
export function requireRole(c: Context, needed: Role): void {
  const identity = c.get("identity") ?? null;
  if (identity === null) throw notLoggedIn();
  if (isAtLeast(identity.role, needed)) return;
  const { role } = identity;
  throw new ForbiddenError(
    `This needs the role ${needed}, and you have the role ${role}. Ask an admin of this server, or log in with another account`,
    { says: saying("access.needsRole", { needed: saying(`role.${needed}`), role: saying(`role.${role}`) }) },
  );
}

/** The rule of the route that will handle a request; undefined when there is none. */
export function ruleFor(c: Context): Rule | undefined {
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
  return route === undefined ? undefined : ruleOf(route.method, route.path);
}

/** When several routes match, the strictest counts: which one handles the request is decided later. */
function needsOf(c: Context): Rule["needs"] {
  const routes = matchedRoutes(c).filter(({ method }) => method !== "ALL");
  if (routes.length === 0) return "viewer";
  const needs = routes.map(({ method, path }) => ruleOf(method, path)?.needs ?? "admin");
  const roles = needs.filter((one) => one !== "open");
  return roles.length === 0 ? "open" : (ROLES.findLast((role) => roles.includes(role)) ?? "admin");
}

/** @throws TypeError naming the routes of which nobody has decided who may use them. */
export function requireRules(app: Hono): void {
  const missing = app.routes
    .filter(({ method, path }) => method !== "ALL" && ruleOf(method, path) === undefined)
    .map(({ method, path }) => `${method} ${path}`);
  if (missing.length > 0) {
    throw new TypeError(
      `Routes without a rule in src/http/access/rules.ts: ${[...new Set(missing)].join(", ")}`,
    );
  }
}
