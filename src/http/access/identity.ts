import type { Context, MiddlewareHandler } from "hono";
import { type Identity, MACHINE, VISITOR } from "../../domain/access/identity.ts";
import type { Actor } from "../../domain/actor.ts";
import { UnauthenticatedError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";
import { type Client, clientOf } from "./client.ts";
import { sessionCookie } from "./session-cookie.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Null when nothing has shown who sent the request. */
    identity: Identity | null;
    client: Client;
  }
}

/**
 * Returns a function that finds out who sent a request: by a token, else the session of a browser, else by where it comes
 * from. It throws UnauthenticatedError for a token that does not work, so that its program learns of it.
 */
export function identifier({
  access,
  trust,
  people,
}: Pick<AppDeps, "access" | "trust" | "people">): (c: Context) => Promise<Identity | null> {
  return async (c) => {
    const token = bearerToken(c.req.header("authorization"));
    if (token !== null) {
      const program = await people.ofToken(token);
      if (program === null) throw tokenRefused();
      return program;
    }
    const secret = sessionCookie(c);
    const person = secret === undefined ? null : await people.ofSession(secret);
    if (person !== null) return person;
    if (trust.thisMachine && c.get("client").isThisMachine) return MACHINE;
    return access === "anyone" ? VISITOR : null;
  };
}

/** Finds out once per request who sent it; handlers read it with `identityOf` and `actorOf`. */
export function identify(deps: Pick<AppDeps, "access" | "trust" | "people">): MiddlewareHandler {
  const whoSent = identifier(deps);
  return async (c, next) => {
    c.set("client", clientOf(c, deps.trust));
    c.set("identity", await whoSent(c));
    await next();
  };
}

/** Who sent this request. @throws UnauthenticatedError when that is not known. */
export function identityOf(c: Context): Identity {
  const identity = c.get("identity");
  if (identity === null || identity === undefined) throw notLoggedIn();
  return identity;
}

/** Who changes something with this request. */
export function actorOf(c: Context): Actor {
  return identityOf(c).actor;
}

/** The error for a request of which nothing shows who sent it. */
export function notLoggedIn(): UnauthenticatedError {
  return new UnauthenticatedError(
    "Log in first. Programs send a token of their own: Authorization: Bearer …",
    { says: saying("access.logInFirst") },
  );
}

/** Other schemes and tokens are none of ours: a proxy may have asked for a password of its own. */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer\s+(tgk_\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}

function tokenRefused(): UnauthenticatedError {
  return new UnauthenticatedError(
    "The token does not work: it is wrong, was revoked or has expired. Make another one on the page Account",
    { says: saying("access.tokenRefused") },
  );
}
