/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { ModelDiffPage } from "../../../../views/pages/model-diff.tsx";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";

/** `/models/{a}/diff/{b}`: how two versions differ. */
export function createDiffRoutes({ modelFiles, version }: AppDeps): Hono {
  const routes = new Hono();

  routes.get("/:a/diff", async (c) => {
    const b = c.req.query("with")?.trim() ?? "";
    if (b === "") throw new NotFoundError("Name the version to compare with");
    return c.redirect(`/models/${encodeURIComponent(c.req.param("a"))}/diff/${encodeURIComponent(b)}`, 303);
  });

  routes.get("/:a/diff/:b", async (c) => {
    const diff = await modelFiles.diff(c.req.param("a"), c.req.param("b"));
    const props = { ...pageProps(c, version), diff };
    return c.html(`<!doctype html>${await ModelDiffPage(props)}`);
  });

  return routes;
}
