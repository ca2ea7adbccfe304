/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { ApiReferencePage } from "../../../../views/pages/docs/api-reference.tsx";
import { ManualContentsPage, ManualPageView } from "../../../../views/pages/docs/manual.tsx";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";
import type { OpenApiDocument } from "./api-reference.ts";
import { apiReference } from "./api-reference.ts";

/**
 * `/docs`: the manual, and the API reference. Nothing of it comes from another server.
 * @param api has the OpenAPI document that the reference is made from.
 */
export function createDocsRoutes(
  { manual: read, version }: Pick<AppDeps, "manual" | "version">,
  api: Hono,
): Hono {
  const routes = new Hono();
  let pages: ReturnType<typeof read> | null = null;
  const manual = () => {
    pages ??= read();
    return pages;
  };

  routes.get("/", async (c) => {
    const props = { ...pageProps(c, version), pages: await manual() };
    return c.html(`<!doctype html>${await ManualContentsPage(props)}`);
  });

  routes.get("/api", async (c) => {
    const document: OpenApiDocument = await (await api.request("/api/v1/openapi.json")).json();
    const reference = apiReference(document, new URL(c.req.url).origin);
    const props = { ...pageProps(c, version), pages: await manual(), reference };
    return c.html(`<!doctype html>${await ApiReferencePage(props)}`);
  });

  routes.get("/:name", async (c) => {
    const pages = await manual();
    const page = pages.find(({ name }) => name === c.req.param("name").replace(/\.md$/, ""));
    if (page === undefined) return c.notFound();
    return c.html(`<!doctype html>${await ManualPageView({ ...pageProps(c, version), pages, page })}`);
  });

  return routes;
}
