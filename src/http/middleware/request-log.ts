import type { Context, MiddlewareHandler, Next } from "hono";
import { matchedRoutes } from "hono/route";
import { BusyError } from "../../lib/errors.ts";
import type { LogFields } from "../../lib/log.ts";
import type { AppDeps } from "../deps.ts";
import { problemFor, sendProblem, serverFailed } from "./problem.ts";
import { sentTexts } from "./sent-texts.ts";

type LogError = (message: string, fields: LogFields) => Promise<void>;

/** The context key under which `requestLog` leaves its `LogError` for `logFailure`. */
const LOG_ERROR = "logError";

/**
 * Logs the result of each request: a 5xx at once, with the error, its stack and its causes; a refusal (4xx, or 503
 * because the server is busy or not ready) in a summary; everything else at level debug. Every line has the request's id
 * and the pattern of its route, never the path. Strings that the client sent are hidden where an error repeats them, except names of pipelines.
 *
 * Answers 500 on its own for what no other handler catches: a thrown value that is not an error, an error page that
 * fails.
 */
export function requestLog(
  deps: Pick<AppDeps, "log" | "refusals" | "clock" | "pipelines">,
): MiddlewareHandler {
  const { refusals, clock } = deps;
  const known = new Set(deps.pipelines);
  return async (c, next) => {
    const startMs = clock.now().getTime();
    const log = deps.log.with({ request_id: c.get("requestId"), method: c.req.method });
    const logError: LogError = async (message, fields) => {
      const sent = (await sentTexts(c.req)).filter((text) => !known.has(text));
      log.hiding(sent).error(message, { route: routeOf(c), ...fields });
    };
    c.set(LOG_ERROR, logError);
    const error = await thrownBy(c, next);
    const { status } = c.res;
    const fields = { status, duration_ms: Math.max(0, clock.now().getTime() - startMs) };
    if (error instanceof BusyError || (status === 503 && error === undefined)) refusals.count(status);
    else if (status >= 500) await logError("the request failed", { ...fields, error });
    else if (status >= 400) refusals.count(status);
    else log.debug("answered", { route: routeOf(c), ...fields });
  };
}

/** Runs the handlers. @returns what they threw, whoever caught it; undefined when nothing was thrown. */
async function thrownBy(c: Context, next: Next): Promise<unknown> {
  try {
    await next();
    return c.error;
  } catch (thrown) {
    c.res = sendProblem(c, problemFor(c, { status: 500, detail: serverFailed(c) }));
    return thrown;
  }
}

/** The message for a stream that fails after its status was sent: the client cannot be told, so the log is. */
export const STREAM_FAILED = "the stream failed";

/**
 * Logs an error that does not change the answer's status.
 * @param message says what failed, without anything that the client sent.
 */
export async function logFailure(c: Context, message: string, error: unknown): Promise<void> {
  const logError: LogError | undefined = c.get(LOG_ERROR);
  await logError?.(message, { error });
}

/** The pattern of the route that handles the request; "none" when only middleware does. */
export function routeOf(c: Context): string {
  return matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none";
}
