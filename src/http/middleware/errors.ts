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
  TooManyError,
  UnauthenticatedError,
  UnavailableError,
} from "../../lib/errors.ts";
import { type Saying, type Sentence, saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";
import { ModelLoadError } from "../../serving/errors.ts";
import {
  type Problem,
  problemFor,
  sendProblem,
  serverFailed,
  serverFailedSaying,
  ValidationError,
} from "./problem.ts";
import { RefusedRequest } from "./refused-request.ts";
import { logFailure } from "./request-log.ts";

/** Renders a problem as a page, for paths that people open. The response must have the problem's status. */
export type RenderErrorPage = (c: Context, problem: Problem, says?: Saying) => Response | Promise<Response>;

/** Words a message in the language that the client has chosen or asked for; in English without one. */
export type ErrorWords = (c: Context, sentence: Sentence) => string;

/** Paths for programs: they get problem+json, all others a page. */
export const API_PATH = /^\/(?:api|livez|readyz|metrics|v2)(?:\/|$)/;
/** Paths of the Open Inference Protocol, which has another form of errors. */
const INFERENCE_PATH = /^\/v2(?:\/|$)/;

/** Characters of a path that a message names. */
const MAX_PATH = 200;
/** Seconds after which a refused request may be repeated: a batch of predictions takes far less. */
const RETRY_AFTER_S = "1";

/** Responds to an error: the status by the kind of error, the detail only when it is meant for the reader. */
export function createErrorHandler(renderPage: RenderErrorPage, wordsFor: ErrorWords) {
  return (error: Error, c: Context): Response | Promise<Response> => {
    const status = statusOf(error);
    if (status === 503) c.header("retry-after", RETRY_AFTER_S);
    if (error instanceof TooManyError) c.header("retry-after", String(error.retryAfterS));
    if (status === 401) {
      if (opensPage(c)) return c.redirect(logInPath(c), 303);
      askToLogIn(c);
    }
    // The page's script says it: the page that follows is none that a fragment could be.
    if ((status === 401 || status === 403) && isHtmx(c)) c.header("hx-reswap", "none");
    const errors = error instanceof ValidationError ? error.errors : undefined;
    const problem = problemFor(c, { status, detail: detailOf(error, c), errors });
    const says =
      error instanceof RefusedRequest
        ? error.says
        : (saysOf(error) ?? (isForPeople(error) ? undefined : serverFailedSaying(c)));
    const sentence = { message: problem.detail, says };
    return answer(c, problem, (context, page) => renderPage(context, page, says), wordsFor(c, sentence));
  };
}

/** Whether a person opens a page, rather than a script or a program asking for a part of one. */
function opensPage(c: Context): boolean {
  const isReading = c.req.method === "GET" || c.req.method === "HEAD";
  const isScript = isHtmx(c) || /event-stream|json/.test(c.req.header("accept") ?? "");
  return isReading && !isScript && !isProgram(c) && !API_PATH.test(c.req.path);
}

/** Says how to log in: to programs by the scheme, to a page that is open by the page to go to. */
function askToLogIn(c: Context): void {
  if (API_PATH.test(c.req.path) || isProgram(c)) c.header("www-authenticate", 'Bearer realm="tegaki"');
  // What someone does leads to the page to log in; what a page requests on its own must not take it away from him.
  else if (isHtmx(c) && c.req.method !== "GET") c.header("hx-redirect", logInFrom(c));
}

/** A program sends a token, which a browser never does. */
function isProgram(c: Context): boolean {
  return c.req.header("authorization") !== undefined;
}

function isHtmx(c: Context): boolean {
  return c.req.header("hx-request") !== undefined;
}

/** The page to log in, which returns to the one from which htmx sends its request. */
function logInFrom(c: Context): string {
  const from = URL.parse(c.req.header("hx-current-url") ?? "");
  return from === null ? "/log-in" : `/log-in?${new URLSearchParams({ next: from.pathname + from.search })}`;
}

/** The page to log in, which returns to the requested one. */
function logInPath(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  const asked = pathname + search;
  return asked === "/" ? "/log-in" : `/log-in?${new URLSearchParams({ next: asked })}`;
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
    const detail = `${shownPath(c)} does not allow ${c.req.method}, only ${allow}.`;
    const says = saying("request.method", { path: shownPath(c), method: c.req.method, allow });
    return answer(c, problemFor(c, { status: 405, detail }), (context, page) =>
      renderPage(context, page, says),
    );
  };
}

/**
 * A page that cannot be rendered is sent as the problem that it would show.
 * @param detail the detail in the client's language: the Draw page shows it as it is.
 */
async function answer(
  c: Context,
  problem: Problem,
  renderPage: RenderErrorPage,
  detail = problem.detail,
): Promise<Response> {
  if (INFERENCE_PATH.test(c.req.path)) return inferenceError(c, problem);
  if (API_PATH.test(c.req.path)) return sendProblem(c, { ...problem, detail });
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
  if (error instanceof UnauthenticatedError) return 401;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof TooManyError) return 429;
  if (error instanceof NotFoundError) return 404;
  // A version that cannot be loaded cannot be promoted.
  if (error instanceof ConflictError || error instanceof ModelLoadError) return 409;
  if (error instanceof UnavailableError) return isDiskFull(error) ? 507 : 503;
  return 500;
}

/** Whether the message of an error is written for the reader. */
function isForPeople(error: Error): boolean {
  const isKnown = error instanceof TegakiError || (error instanceof HTTPException && error.status < 500);
  return isKnown && error.message !== "";
}

function shownPath(c: Context): string {
  return shortened(c.req.path, MAX_PATH);
}

function detailOf(error: Error, c: Context): string {
  if (isForPeople(error)) {
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
