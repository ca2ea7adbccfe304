import type { Context } from "hono";
import { isHtmx } from "./reader.ts";

/** Redirects to another page. For htmx it uses a header of its own, because htmx would insert a redirect's page into the fragment. */
export function seeOther(c: Context, path: string): Response {
  if (!isHtmx(c)) return c.redirect(path, 303);
  c.header("HX-Redirect", path);
  return c.body(null, 204);
}
