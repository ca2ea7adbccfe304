/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { ModelsList } from "../../../views/fragments/models/models-list.tsx";
import { NoticeBeside, type NoticeProps } from "../../../views/fragments/notice.tsx";
import { ModelPage } from "../../../views/pages/model.tsx";
import { ModelsPage } from "../../../views/pages/models.tsx";
import { APP_HOLDOUT, MNIST_TEST } from "../../domain/metrics.ts";
import { ConflictError, NotFoundError, TegakiError } from "../../lib/errors.ts";
import type { AppDeps } from "../deps.ts";
import { formFields } from "../middleware/form.ts";
import { errorWords } from "./failures.ts";
import { trainedOn } from "./lineage/run-data.tsx";
import { isHtmx, pageProps, readerText } from "./reader.ts";
import { reportOf, reportsOf } from "./reports.ts";
import { runExamples } from "./run-examples.ts";

/** The alias of the live model. */
const CHAMPION = "champion";
const BY_PAGE = "page";

/** `/models`: the list of versions, one version, promotion and roll back. */
export function createModelsRoutes(deps: AppDeps): Hono {
  const routes = new Hono();

  routes.get("/", async (c) => c.html(await modelsPage(c, deps, null)));

  routes.get("/:version{[1-9][0-9]{0,8}}", async (c) => {
    const version = Number(c.req.param("version"));
    const [model, champion] = await Promise.all([deps.registry.get(version), deps.registry.champion()]);
    if (model === null) throw new NotFoundError(`There is no model version ${version}`);
    const examples = await runExamples(deps, model.runId);
    const props = {
      ...pageProps(c, deps.version),
      model,
      isLive: champion?.version === version,
      liveVersion: champion?.version ?? null,
      reports: reportsOf(model.metrics.evaluations),
      examples,
      changed: examples?.changed ?? null,
      trainedOn: await trainedOn(deps, readerText(c), model.runId, model.parentVersion),
    };
    return c.html(`<!doctype html>${await ModelPage(props)}`);
  });

  routes.post("/:version{[1-9][0-9]{0,8}}/promote", async (c) => {
    const version = Number(c.req.param("version"));
    const body = await formFields(c);
    return act(c, deps, async () => {
      const { t } = readerText(c);
      const isForced = body.force === "yes";
      const gate = (await deps.registry.get(version))?.gate ?? null;
      if (gate?.passed === false && !isForced) throw new ConflictError(t("models.needsForce", { version }));
      await deps.registry.promote(version, {
        by: BY_PAGE,
        reason: isForced ? "promoted on the page although the gate was not passed" : "promoted on the page",
        isForced,
        ...expectedIn(body.expected),
      });
      return t("models.promoted", { version });
    });
  });

  routes.post("/rollback", async (c) => {
    // It has no fields, but what is not a form was not sent by this page.
    await formFields(c);
    return act(c, deps, async () => {
      const { version } = await deps.registry.rollback({ by: BY_PAGE, reason: "rolled back on the page" });
      return readerText(c).t("models.rolledBack", { version });
    });
  });

  return routes;
}

/** Executes an action and shows the updated list. Errors written for people are shown above the list. */
async function act(c: Context, deps: AppDeps, action: () => Promise<string>): Promise<Response> {
  try {
    const message = await action();
    if (!isHtmx(c)) return c.redirect("/models", 303);
    return c.html(await listWithNotice(c, deps, { kind: "done", message }));
  } catch (error) {
    if (error instanceof NotFoundError || !(error instanceof TegakiError)) throw error;
    const notice: NoticeProps = { kind: "problem", message: errorWords(readerText(c), error) };
    const html = isHtmx(c) ? await listWithNotice(c, deps, notice) : await modelsPage(c, deps, notice);
    return c.html(html, 409);
  }
}

async function listWithNotice(c: Context, deps: AppDeps, notice: NoticeProps): Promise<string> {
  const list = await modelsListProps(deps);
  return `${await ModelsList({ text: readerText(c), ...list })}${await NoticeBeside({ notice })}`;
}

async function modelsPage(c: Context, deps: AppDeps, notice: NoticeProps | null): Promise<string> {
  const props = { ...pageProps(c, deps.version), path: "/models", list: await modelsListProps(deps), notice };
  return `<!doctype html>${await ModelsPage(props)}`;
}

/** The props of the list of models. */
export async function modelsListProps(deps: AppDeps) {
  const [models, deployments] = await Promise.all([deps.registry.list(), deps.registry.deployments()]);
  return {
    rows: models.map((model) => ({
      model,
      isLive: model.aliases.includes(CHAMPION),
      mnistTest: reportOf(model.metrics.evaluations, MNIST_TEST),
      appHoldout: reportOf(model.metrics.evaluations, APP_HOLDOUT),
    })),
    deployments,
    previousVersion: deployments.find(({ alias }) => alias === CHAMPION)?.previousVersion ?? null,
  };
}

/** The live version that the reader saw when submitting the form; a form without it expects none. */
function expectedIn(value: unknown): { expectedPrevious?: number } {
  return typeof value === "string" && /^[1-9]\d{0,8}$/.test(value) ? { expectedPrevious: Number(value) } : {};
}
