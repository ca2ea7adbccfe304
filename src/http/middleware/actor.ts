import type { Context, MiddlewareHandler } from "hono";
import { type Actor, LOCAL } from "../../domain/actor.ts";

/** A visitor of a server that anyone may use; there are no accounts yet, so nothing more is known. */
const VISITOR: Actor = { kind: "session", name: null };

declare module "hono" {
  interface ContextVariableMap {
    actor: Actor;
  }
}

/** Decides once per request who is acting; handlers read it with `actorOf`. */
export function whoActs(access: "local" | "anyone"): MiddlewareHandler {
  return async (c, next) => {
    c.set("actor", access === "local" ? LOCAL : VISITOR);
    await next();
  };
}

/** Who sent this request. */
export function actorOf(c: Context): Actor {
  return c.get("actor");
}
