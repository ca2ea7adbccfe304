import { Hono } from "hono";
import { requireOwnAlias } from "../../../domain/aliases.ts";
import { parseTag } from "../../../domain/model-tags.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { actOnModel } from "./model-page.tsx";

/** The forms of a version's aliases, tags and note. */
export function createLabelRoutes(deps: AppDeps): Hono {
  const { registry } = deps;
  const routes = new Hono();

  routes.post("/:version{[1-9][0-9]{0,8}}/aliases", async (c) => {
    const version = Number(c.req.param("version"));
    const { alias = "", remove } = await formFields(c);
    return actOnModel(c, deps, version, async () => {
      requireOwnAlias(remove ?? alias.trim());
      if (remove === undefined) await registry.setAlias(alias.trim(), version, { actor: actorOf(c) });
      else await registry.removeAlias(remove, { actor: actorOf(c) });
    });
  });

  routes.post("/:version{[1-9][0-9]{0,8}}/tags", async (c) => {
    const version = Number(c.req.param("version"));
    const { tag = "", remove } = await formFields(c);
    return actOnModel(c, deps, version, async () => {
      const [key, value] = remove === undefined ? parseTag(tag) : [remove, null];
      await registry.annotate(version, { tags: { [key]: value } }, { actor: actorOf(c) });
    });
  });

  routes.post("/:version{[1-9][0-9]{0,8}}/note", async (c) => {
    const version = Number(c.req.param("version"));
    const note = (await formFields(c)).note?.replaceAll("\r\n", "\n").trim() ?? "";
    return actOnModel(c, deps, version, async () => {
      await registry.annotate(version, { note: note === "" ? null : note }, { actor: actorOf(c) });
    });
  });

  return routes;
}
