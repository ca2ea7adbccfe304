import type { MiddlewareHandler } from "hono";
import { isAtLeast } from "../../domain/access/role.ts";
import { encodeActor } from "../../domain/actor.ts";
import { SITTING_MS } from "../../domain/person.ts";
import { ForbiddenError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";
import { identityOf } from "./identity.ts";

/**
 * Refuses (403) to change a drawing of someone else to those who are less than an operator. A name that was given again has
 * nothing of whoever had it before. Visitors are not told apart:
 * each may change what visitors have stored in the last half hour, which is what undoing on the Draw page needs. A drawing
 * that does not exist is left to the handler.
 */
export function ownDrawings({ store, clock }: Pick<AppDeps, "store" | "clock">): MiddlewareHandler {
  return async (c, next) => {
    const { role, kind, actor, since } = identityOf(c);
    if (!isAtLeast(role, "operator")) {
      const sample = await store.samples.get(c.req.param("id") ?? "");
      if (sample !== null) {
        const isSame = sample.actor !== null && encodeActor(sample.actor) === encodeActor(actor);
        const ageMs = clock.now().getTime() - Date.parse(sample.createdAt);
        const isBefore = since !== null && sample.createdAt < since;
        if (!isSame || isBefore || (kind === "visitor" && ageMs > SITTING_MS)) {
          throw new ForbiddenError(
            `This drawing was stored by someone else. Changing it needs the role operator, and you have the role ${role}`,
            {
              says: saying("access.notYours", {
                needed: saying("role.operator"),
                role: saying(`role.${role}`),
              }),
            },
          );
        }
      }
    }
    await next();
  };
}
