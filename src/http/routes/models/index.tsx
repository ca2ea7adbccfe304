/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { ConflictError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { readerText } from "../reader.ts";
import { act, modelsPage } from "./act.tsx";
import { createDeploymentsRoute } from "./deployments.tsx";
import { createDiffRoutes } from "./diff.tsx";
import { createFilesRoutes } from "./files.ts";
import { createLabelRoutes } from "./labels.ts";
import { modelPage } from "./model-page.tsx";

const BY_PAGE = "page";

/** `/models`: the list of versions, one version, promotion and roll back, and everything that belongs to a version. */
export function createModelsRoutes(deps: AppDeps): Hono {
  const routes = new Hono();

  routes.get("/", async (c) => c.html(await modelsPage(c, deps, null, versionIn(c.req.query("before")))));

  routes.route("/", createDeploymentsRoute(deps));
  routes.route("/", createDiffRoutes(deps));
  routes.route("/", createLabelRoutes(deps));
  routes.route("/", createFilesRoutes(deps));

  routes.get("/:version{[1-9][0-9]{0,8}}", async (c) =>
    c.html(await modelPage(c, deps, Number(c.req.param("version")), null)),
  );

  routes.post("/:version{[1-9][0-9]{0,8}}/promote", async (c) => {
    const version = Number(c.req.param("version"));
    const body = await formFields(c);
    return act(c, deps, async () => {
      const { t } = readerText(c);
      const isForced = body.force === "yes";
      const gate = (await deps.registry.get(version))?.gate ?? null;
      if (gate?.passed === false && !isForced) throw new ConflictError(t("models.needsForce", { version }));
      const expected = versionIn(body.expected);
      await deps.registry.promote(version, {
        by: BY_PAGE,
        actor: actorOf(c),
        reason: isForced ? "promoted on the page although the gate was not passed" : "promoted on the page",
        isForced,
        ...(expected === undefined ? {} : { expectedPrevious: expected }),
      });
      return t("models.promoted", { version });
    });
  });

  routes.post("/rollback", async (c) => {
    const body = await formFields(c);
    return act(c, deps, async () => {
      const expected = versionIn(body.expected);
      const { version } = await deps.registry.rollback({
        by: BY_PAGE,
        actor: actorOf(c),
        reason: "rolled back on the page",
        ...(expected === undefined ? {} : { expectedVersion: expected }),
      });
      return readerText(c).t("models.rolledBack", { version });
    });
  });

  return routes;
}

/** The version that a form or an address has; undefined when it has none. */
function versionIn(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}
