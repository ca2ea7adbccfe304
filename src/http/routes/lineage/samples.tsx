/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { SampleModel } from "../../../../views/fragments/lineage/sample-models.tsx";
import { SamplePage } from "../../../../views/pages/lineage/sample.tsx";
import { type SamplesFilter, SamplesPage } from "../../../../views/pages/lineage/samples.tsx";
import type { TrainedModel } from "../../../domain/lineage/lineage-store.ts";
import { SAMPLE_STATES, SPLITS } from "../../../domain/sample.ts";
import { InputError, NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps, readerText } from "../reader.ts";
import { imageUrl, sampleCard } from "./drawing-cards.ts";
import { createForgetRoutes } from "./forget.tsx";

/** Number of drawings per page. */
const DRAWINGS_A_PAGE = 60;
/** Number of changes, runs, models and deployments on the page of a drawing. */
const ROWS_A_PART = 20;

/** `/samples`: the list of drawings, one drawing with its lineage, and forgetting someone. */
export function createSamplesRoutes(deps: AppDeps): Hono {
  const routes = new Hono();
  routes.route("/forget", createForgetRoutes(deps));
  routes.get("/", async (c) => c.html(await samplesPage(c, deps)));
  routes.get("/:id", async (c) => c.html(await samplePage(c, deps, c.req.param("id"))));
  return routes;
}

async function samplesPage(c: Context, deps: AppDeps): Promise<string> {
  const filter = filterOf(c);
  const cursor = given(c.req.query("cursor"));
  const page = await deps.store.samples.list({
    ...filter,
    limit: DRAWINGS_A_PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const text = readerText(c);
  const props = {
    ...pageProps(c, deps.version),
    ...{ filter, classes: deps.classes, states: SAMPLE_STATES },
    drawings: page.samples.map((sample) => sampleCard(text, sample)),
    nextCursor: page.nextCursor,
    isFirstPage: cursor === undefined,
  };
  return `<!doctype html>${await SamplesPage(props)}`;
}

/** The filter of the list; an empty field of the form filters nothing. @throws {InputError} for an unknown value. */
function filterOf(c: Context): SamplesFilter {
  const [label, writer] = [given(c.req.query("label")), given(c.req.query("writer"))];
  const split = oneOf("split", SPLITS, given(c.req.query("split")));
  const state = oneOf("state", SAMPLE_STATES, given(c.req.query("state")));
  return {
    ...(label === undefined ? {} : { label }),
    ...(split === undefined ? {} : { split }),
    ...(state === undefined ? {} : { state }),
    ...(writer === undefined ? {} : { writer }),
  };
}

function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function oneOf<T extends string>(
  name: string,
  known: readonly T[],
  value: string | undefined,
): T | undefined {
  const found = known.find((one) => one === value);
  if (found !== undefined || value === undefined) return found;
  throw new InputError(`${name}: expected one of ${known.join(", ")}, found "${value.slice(0, 40)}"`);
}

async function samplePage(c: Context, deps: AppDeps, id: string): Promise<string> {
  const { samples, lineage } = deps.store;
  const part = (name: string) => {
    const cursor = given(c.req.query(name));
    return { limit: ROWS_A_PART, ...(cursor === undefined ? {} : { cursor }) };
  };
  const [sample, history, runs, models] = await Promise.all([
    samples.get(id),
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
