/** Statuses after which the same request cannot succeed later: it is wrong, too large, or conflicts with what is stored. */
const FINAL = new Set([400, 409, 413, 415, 422]);
/** A role is not given back within seconds. */
const NOT_ALLOWED_MS = 60_000;

/** Whether the same request may succeed later: also after a 401, when one has logged in, and a 403, with another role. */
export function isTransient({ status }: Pick<Response, "status">): boolean {
  return status >= 300 && !FINAL.has(status);
}

/** Whether the server itself refuses a request as not allowed, and not something on the way to it. */
export function isNotAllowed({ status, headers }: Response): boolean {
  return status === 403 && headers.get("content-type")?.startsWith("application/problem+json") === true;
}

/** A request that is to be repeated; until then, nothing is lost. */
export interface Retry {
  kind: "retry";
  /** Why, when the server has said so: nobody is logged in any more, the role is too small, or it was done too often. */
  why?: Trouble;
  /** The least time to wait, in milliseconds, when the server has named one. */
  afterMs?: number;
}

/** Why the server does not take what it is sent at present. */
export interface Trouble {
  kind: "loggedOut" | "notAllowed" | "tooMany";
  /** In the reader's language. */
  reason: string;
}

/** The key of the text that says what waits, and why: "{n}" of it, for "{reason}". */
export function troubleKey(why: Trouble | null): "client.waiting" | `client.${Trouble["kind"]}` {
  return why === null ? "client.waiting" : `client.${why.kind}`;
}

const KINDS: Readonly<Record<number, Trouble["kind"]>> = { 401: "loggedOut", 429: "tooMany" };

/** Why nothing is sent from a page whose reader is not who reads in this browser now. */
export const NOT_HERE: Retry = { kind: "retry", why: { kind: "loggedOut", reason: "" } };

/** Tells when and why to repeat a request. @param response null when there was none. */
export async function retryOf(response: Response | null): Promise<Retry> {
  if (response === null) return { kind: "retry" };
  const seconds = response.headers.get("retry-after") ?? "";
  const after = /^\d{1,5}$/.test(seconds) ? { afterMs: Number(seconds) * 1_000 } : {};
  if (isNotAllowed(response)) {
    return {
      kind: "retry",
      afterMs: NOT_ALLOWED_MS,
      why: { kind: "notAllowed", reason: await reasonOf(response) },
    };
  }
  const kind = KINDS[response.status];
  if (kind === undefined) return { kind: "retry", ...after };
  return { kind: "retry", ...after, why: { kind, reason: await reasonOf(response) } };
}

/** Sends JSON. @returns null when the server cannot be reached, or `signal` has aborted the request. */
export async function send(
  method: "POST" | "PATCH",
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response | null> {
  try {
    return await fetch(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    return null;
  }
}

/** The body of a response; null when the connection or the request ends before the body does. */
export async function bodyOf<T>(response: Response): Promise<T | null> {
  try {
    return (await response.json()) as T;
  } catch {
    return null;
  }
}

/** The `detail` of problem+json, which is meant for the reader, otherwise the status. */
export async function reasonOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  if (typeof problem === "object" && problem !== null && "detail" in problem) return String(problem.detail);
  return `HTTP ${response.status}`;
}
