import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import {
  ConflictError,
  ForbiddenError,
  InputError,
  messageOf,
  NotFoundError,
  saysOf,
  TegakiError,
  UnavailableError,
} from "../../lib/errors.ts";
import type { Saying } from "../../lib/saying.ts";
import { ModelLoadError } from "../../serving/errors.ts";
import { type Problem, problemFor, sendProblem, serverFailed, ValidationError } from "./problem.ts";
import { logFailure } from "./request-log.ts";

/** Renders a problem as a page, for paths that people open. The response must have the problem's status. */
export type RenderErrorPage = (c: Context, problem: Problem, says?: Saying) => Response | Promise<Response>;

/** Paths for programs: they get problem+json, all others a page. */
export const API_PATH = /^\/(?:api|livez|readyz|metrics|v2)(?:\/|$)/;
/** Paths of the Open Inference Protocol, which has another form of errors. */
const INFERENCE_PATH = /^\/v2(?:\/|$)/;

/** Seconds after which a refused request may be repeated: a batch of predictions takes far less. */
const RETRY_AFTER_S = "1";

/** Responds to an error: the status by the kind of error, the detail only when it is meant for the reader. */
export function createErrorHandler(renderPage: RenderErrorPage) {
  return (error: Error, c: Context): Response | Promise<Response> => {
    const status = statusOf(error);
    if (status === 503) c.header("retry-after", RETRY_AFTER_S);
    const errors = error instanceof ValidationError ? error.errors : undefined;
    const problem = problemFor(c, { status, detail: detailOf(error, c), errors });
    return answer(c, problem, (context, page) => renderPage(context, page, saysOf(error)));
  };
}

/** Responds with 404 to a path without a route. */
export function createNotFoundHandler(renderPage: RenderErrorPage) {
  return (c: Context) =>
    answer(c, problemFor(c, { status: 404, detail: `There is nothing at ${c.req.path}.` }), renderPage);
}

/** Responds for Hono's `methodNotAllowed`: names the allowed methods, in the text and in `Allow`. */
export function createMethodHandler(renderPage: RenderErrorPage) {
  return (c: Context, methods: readonly string[]) => {
    const allow = methods.join(", ");
    c.header("allow", allow);
    const detail = `${c.req.path} does not allow ${c.req.method}, only ${allow}.`;
    return answer(c, problemFor(c, { status: 405, detail }), renderPage);
  };
}

/** A page that cannot be rendered is sent as the problem that it would show. */
async function answer(c: Context, problem: Problem, renderPage: RenderErrorPage): Promise<Response> {
  if (INFERENCE_PATH.test(c.req.path)) return inferenceError(c, problem);
  if (API_PATH.test(c.req.path)) return sendProblem(c, problem);
  try {
    return await renderPage(c, problem);
  } catch (error) {
    await logFailure(c, "an error page failed", error);
    return sendProblem(c, problem);
  }
}

/** Invalid requests are 400 there: the protocol knows no 422. */
function inferenceError(c: Context, { status, detail }: Problem): Response {
  return c.json({ error: detail }, status === 422 ? 400 : status);
}

function statusOf(error: Error): ContentfulStatusCode {
  if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
  if (error instanceof ValidationError) return 422;
  // A visitor who hangs up, or whose body is not what its headers say, is no failure of the server.
  if (error instanceof InputError || error.name === "AbortError") return 400;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof NotFoundError) return 404;
  // A version that cannot be loaded cannot be promoted.
  if (error instanceof ConflictError || error instanceof ModelLoadError) return 409;
  if (error instanceof UnavailableError) return isDiskFull(error) ? 507 : 503;
  return 500;
}

function detailOf(error: Error, c: Context): string {
  const isForPeople = error instanceof TegakiError || (error instanceof HTTPException && error.status < 500);
  if (isForPeople && error.message !== "") {
    // Where the files of this machine are is not for everyone who may send a request.
    const isOfMachine = error instanceof ModelLoadError || statusOf(error) >= 500;
    return isOfMachine ? withoutFolders(messageOf(error)) : messageOf(error);
  }
  return serverFailed(c);
}

/** "/home/ann/data/tegaki.db: the disk is full" -> "tegaki.db: the disk is full". */
function withoutFolders(message: string): string {
  return message.replaceAll(/(?<![^\s("'`:=])\/(?:[^\s/"'`]{1,255}\/){1,50}(?=[^\s/])/g, "");
}

/** Whether the chain of causes contains the error of SQLite or the file system for a full disk. */
function isDiskFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? String(at.code) : "";
    if (code === "SQLITE_FULL" || code === "ENOSPC") return true;
  }
  return false;
}
