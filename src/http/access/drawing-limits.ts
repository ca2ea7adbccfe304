import type { MiddlewareHandler } from "hono";
import { RateLimiter } from "../../access/rate-limiter.ts";
import { limitKey } from "../../domain/access/network.ts";
import { TooManyError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";

/** The paths that add drawings. */
export const NEW_DRAWINGS: readonly string[] = ["/api/v1/samples", "/api/v1/queue/drawings"];

/**
 * Limits how many drawings someone adds in a minute (429 with `Retry-After`). Programs and people on this machine are not
 * limited: whoever has the machine has the store. Imports and changes of many drawings are one action each, and need an
 * operator.
 */
export function limitDrawings({
  drawingLimits: limits,
  monotonicMs,
}: Pick<AppDeps, "drawingLimits" | "monotonicMs">): MiddlewareHandler {
  const sessions = new RateLimiter();
  const addresses = new RateLimiter();
  return async (c, next) => {
    const identity = c.get("identity");
    if (identity === null || identity === undefined || identity.kind === "machine") return next();
    const nowMs = monotonicMs();
    const address = limitKey(c.get("client").address);
    const isVisitor = identity.kind === "visitor";
    const perAddress = { perMinute: isVisitor ? limits.visitorsPerAddress : limits.perAddress };
    const addressKey = isVisitor ? `visitors:${address}` : address;
    refuseWhile(addresses.take(addressKey, perAddress, nowMs), perAddress.perMinute);
    if (!isVisitor) {
      const perSession = { perMinute: limits.perSession };
      const key = identity.sessionId === null ? `token:${identity.name}` : `session:${identity.sessionId}`;
      const waitMs = sessions.take(key, perSession, nowMs);
      if (waitMs > 0) addresses.giveBack(addressKey, perAddress);
      refuseWhile(waitMs, perSession.perMinute);
    }
    await next();
  };
}

function refuseWhile(waitMs: number, limit: number): void {
  if (waitMs === 0) return;
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  throw new TooManyError(
    `At most ${limit} new drawings a minute are stored from here. Try again in ${seconds} s; to bring many at once, import them as a file`,
    seconds,
    { says: saying("access.tooManyDrawings", { limit, seconds }) },
  );
}
