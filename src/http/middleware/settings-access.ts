import type { MiddlewareHandler } from "hono";
import { ForbiddenError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";

/**
 * Refuses (403) to change settings on a server that anyone may use: there are no accounts, and a request that a proxy
 * passes on cannot be told from one of this machine.
 */
export function settingsMayChange(access: AppDeps["access"]): MiddlewareHandler {
  return async (_, next) => {
    if (access !== "local") {
      throw new ForbiddenError(
        "Settings can be changed only on a server that is open to its own machine only, because there are no accounts. Edit server.yml there, or restart without --open-to-anyone",
        { says: saying("settingsClosed") },
      );
    }
    await next();
  };
}
