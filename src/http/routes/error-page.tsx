/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ErrorPage } from "../../../views/pages/error.tsx";
import type { RenderErrorPage } from "../middleware/errors.ts";
import { pageProps } from "./reader.ts";

/** Returns the function with which `createApp` draws errors as pages. @param version of tegaki, for the footer. */
export function renderErrorPage(version: string): RenderErrorPage {
  return async (c, problem, says) => {
    const { status, detail, request_id } = problem;
    const errorId = status >= 500 ? (request_id ?? null) : null;
    const props = { ...pageProps(c, version), status, detail, errorId, says };
    return c.html(`<!doctype html>${await ErrorPage(props)}`, problem.status);
  };
}
