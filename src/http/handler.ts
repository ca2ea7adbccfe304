import type { Hono } from "hono";
import type { Log } from "../lib/log.ts";

/** The connection on which a request came. */
export interface ConnectionBindings {
  /** The IP address of the other end; null when it is not known. */
  peer: string | null;
}

/** Answers one request; never rejects. @param peer see `ConnectionBindings`. */
export type Handler = (request: Request, peer: string | null) => Promise<Response>;

/** Passes requests to the application, whatever their address is, and answers for it if it fails. */
export function createHandler(app: Pick<Hono, "fetch">, log: Log): Handler {
  return async (request, peer) => {
    try {
      const bindings: ConnectionBindings = { peer };
      return await app.fetch(withUrl(request), bindings);
    } catch (error) {
      log.error("a request failed outside of the application", { error });
      return failedResponse();
    }
  };
}

/** The answer when the application cannot even answer that it failed. */
export function failedResponse(): Response {
  const problem = {
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
    detail: "The server failed. For details, see its log.",
  };
  return new Response(JSON.stringify(problem), {
    status: 500,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/**
 * Bun puts the request together with its `Host`. When that is missing or is not a host, the address is not a URL, on
 * which no part of the application can rely: it is then given the same path and headers with an empty `Host`, to refuse.
 */
function withUrl(request: Request): Request {
  if (URL.canParse(request.url)) return request;
  const path = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const headers = new Headers(request.headers);
  headers.set("host", "");
  const url = URL.parse(path.startsWith("/") ? path : "/", "http://localhost");
  return new Request(url ?? "http://localhost/", {
    method: request.method === "HEAD" ? "HEAD" : "GET",
    headers,
  });
}
