/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { ErrorPage } from "../../../views/pages/error.tsx";
import { localPath } from "../local-path.ts";
import type { RenderErrorPage } from "../middleware/errors.ts";
import { pageProps } from "./reader.ts";

/** Returns the function with which `createApp` draws errors as pages. @param version of tegaki, for the footer. */
export function renderErrorPage(version: string): RenderErrorPage {
  return async (c, problem, says) => {
    const { status, detail, request_id } = problem;
    const errorId = status >= 500 ? (request_id ?? null) : null;
    const props = { ...pageProps(c, version), status, detail, errorId, says, returnTo: cameFrom(c) };
    return c.html(`<!doctype html>${await ErrorPage(props)}`, problem.status);
  };
}

/** The page with the form that was sent; only pages of this server say which one that is. */
function cameFrom(c: Context): string {
  const url = URL.parse(c.req.header("referer") ?? "");
  return localPath(url === null ? null : url.pathname + url.search);
}
