import type { MiddlewareHandler } from "hono";
import type { AppDeps } from "../deps.ts";
import { routeOf } from "./request-log.ts";

/** Counts every answered request by the pattern of its route, with its time; of a stream, the time until it begins. */
export function requestMetrics({
  metrics,
  monotonicMs,
}: Pick<AppDeps, "metrics" | "monotonicMs">): MiddlewareHandler {
  return async (c, next) => {
    const startMs = monotonicMs();
    await next();
    const seconds = Math.max(0, monotonicMs() - startMs) / 1000;
    metrics.request({ method: c.req.method, route: routeOf(c), status: c.res.status, seconds });
  };
}
