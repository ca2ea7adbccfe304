/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { SampleModel } from "../../../../views/fragments/lineage/sample-models.tsx";
import { SamplePage } from "../../../../views/pages/lineage/sample.tsx";
import { strayStrokes } from "../../../digits/stray-strokes.ts";
import type { TrainedModel } from "../../../domain/lineage/lineage-store.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";
import { createBulkRoutes } from "../samples/bulk.tsx";
import { createSampleFilesRoutes } from "../samples/files.tsx";
import { createMapRoutes } from "../samples/map/map.tsx";
import { createSamplePartRoutes } from "../samples/sample-parts.tsx";
import { createSheetRoute } from "../samples/sheet.tsx";
import { createSpriteRoute } from "../samples/sprite.ts";
import type { StoryBook } from "../status.ts";
import { imageUrl } from "./drawing-cards.ts";
import { createForgetRoutes } from "./forget.tsx";

/** Number of changes, runs, models and deployments on the page of a drawing. */
const ROWS_A_PART = 20;

/** `/samples`: the contact sheet, one drawing with its lineage, and forgetting someone. */
export function createSamplesRoutes(deps: AppDeps, stories: StoryBook): Hono {
  const routes = new Hono();
  routes.route("/forget", createForgetRoutes(deps));
  routes.route("/map", createMapRoutes(deps, stories));
  routes.route("/", createSheetRoute(deps));
  routes.route("/", createSpriteRoute(deps));
  routes.route("/", createBulkRoutes(deps));
  routes.route("/", createSampleFilesRoutes(deps));
  routes.route("/", createSamplePartRoutes(deps));
  routes.get("/:id", async (c) => c.html(await samplePage(c, deps, c.req.param("id"))));
  return routes;
}

function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

async function samplePage(c: Context, deps: AppDeps, id: string): Promise<string> {
  const { samples, lineage } = deps.store;
  const part = (name: string) => {
    const cursor = given(c.req.query(name));
    return { limit: ROWS_A_PART, ...(cursor === undefined ? {} : { cursor }) };
  };
  const [sample, predictions, opinions, history, runs, models] = await Promise.all([
    samples.get(id),
    deps.store.sheet.predictions(id),
    deps.store.opinions.ofSample(id),
    lineage.history(id, part("history")),
    lineage.runsOf(id, part("runs")),
    lineage.modelsOf(id, part("models")),
  ]);
  if (sample === null && history.changes.length === 0)
    throw new NotFoundError(`There is no sample ${id.slice(0, 100)}`);
  const versions = models.models.map(({ version }) => version);
  const props = {
    ...pageProps(c, deps.version),
    ...{ id, sample, src: sample === null ? null : imageUrl(sample.pixels) },
    changes: { items: history.changes, nextCursor: history.nextCursor },
    uses: { items: runs.uses, nextCursor: runs.nextCursor },
    models: { items: await withModels(deps, models.models), nextCursor: models.nextCursor },
    predictions,
    opinions,
    stray: strayStrokes(sample?.drawing?.strokes ?? []),
    deployments: await lineage.deploymentsOf(versions, ROWS_A_PART),
  };
  return `<!doctype html>${await SamplePage(props)}`;
}

async function withModels(
  { registry }: Pick<AppDeps, "registry">,
  models: readonly TrainedModel[],
): Promise<SampleModel[]> {
  const champion = models.length === 0 ? null : await registry.champion();
  return Promise.all(
    models.map(async (one) => ({
      ...one,
      model: await registry.get(one.version),
      isLive: champion?.version === one.version,
    })),
  );
}
