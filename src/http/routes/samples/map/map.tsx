/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { MapFacts } from "../../../../../views/fragments/samples/map/map-facts.tsx";
import { SheetPage } from "../../../../../views/fragments/samples/sheet-cells.tsx";
import { MapPage } from "../../../../../views/pages/lineage/samples-map.tsx";
import { PREPROCESSING_VERSION } from "../../../../digits/image-format.ts";
import { MAP } from "../../../../domain/pipeline-names.ts";
import { LEAST_ON_MAP } from "../../../../domain/samples/drawing-map.ts";
import type { SampleFilter } from "../../../../domain/samples/sheet/sample-filter.ts";
import { ConflictError, NotFoundError } from "../../../../lib/errors.ts";
import { actorOf } from "../../../access/identity.ts";
import type { AppDeps } from "../../../deps.ts";
import { formFields } from "../../../middleware/form.ts";
import { errorWords } from "../../failures.ts";
import { pageProps, readerText } from "../../reader.ts";
import type { StoryBook } from "../../status.ts";
import { idsIn, spriteUrl } from "../sprite.ts";
import { mapPoints } from "./map-points.ts";
import { mapRun } from "./map-run.ts";
import { type MapOfRun, newestMap } from "./newest-map.ts";

/** Actions in the list of recent ones. */
const ACTIONS = 10;
const IN_USE = ["labelled", "negative"] as const;

/** `/samples/map`: the map of the drawings, its points, the cells of a selection, and the run that makes it. */
export function createMapRoutes(deps: AppDeps, stories: StoryBook): Hono {
  const routes = new Hono();

  routes.get("/", async (c) => c.html(await page(c, deps, stories)));

  routes.post("/", async (c) => {
    await formFields(c);
    try {
      await deps.scheduler.trigger({ pipeline: MAP, params: {}, trigger: "page", startedBy: actorOf(c) });
      return c.redirect("/samples/map", 303);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return c.html(await page(c, deps, stories, errorWords(readerText(c), error)), 409);
    }
  });

  routes.get("/points", async (c) => {
    const found = await newestMap(deps);
    if (found === null) throw new NotFoundError("There is no map of the drawings. Make one first");
    const items = await deps.store.sheet.items(found.map.ids);
    return c.json(mapPoints(found.map, items, deps.classes));
  });

  routes.get("/cells", async (c) => {
    const ids = idsIn(c.req.query("ids") ?? "");
    const items = await deps.store.sheet.items(ids);
    if (items.length === 0) return c.html("");
    const sprite = spriteUrl(items.map(({ id }) => id));
    return c.html(
      <SheetPage text={readerText(c)} fields={{}} {...{ items, sprite }} nextCursor={null} isFirst={false} />,
    );
  });

  return routes;
}

async function page(
  c: Context,
  deps: AppDeps,
  stories: StoryBook,
  problem: string | null = null,
): Promise<string> {
  const base = pageProps(c, deps.version);
  const [found, run, champion, inUse, actions] = await Promise.all([
    newestMap(deps),
    mapRun(deps, stories, base.text),
    deps.registry.champion(),
    countInUse(deps, {}),
    deps.store.sheet.actions(ACTIONS),
  ]);
  const props = {
    ...{ ...base, run, problem, actions, inUse, least: LEAST_ON_MAP, classes: deps.classes },
    preprocessing: PREPROCESSING_VERSION,
    liveVersion: champion?.version ?? null,
    map: found === null ? null : await factsOf(deps, found, inUse),
  };
  return `<!doctype html>${await MapPage(props)}`;
}

async function factsOf(
  deps: AppDeps,
  { run, map, modelVersion }: MapOfRun,
  inUse: number,
): Promise<MapFacts> {
  const before = map.last_arrival === null ? 0 : await countInUse(deps, { arrivedBy: map.last_arrival });
  const items = await deps.store.sheet.items(map.ids);
  const left = items.filter(({ state }) => state !== "rejected");
  const counts = new Map<string | null, number>();
  for (const { label } of left) counts.set(label, (counts.get(label) ?? 0) + 1);
  return {
    ...{ runId: run.id, at: run.finishedAt ?? run.createdAt, modelVersion },
    ...{ n: map.ids.length, total: map.total, added: inUse - before, gone: map.ids.length - left.length },
    counts,
  };
}

/** Counts the drawings that could be on a map. */
async function countInUse({ store }: AppDeps, filter: SampleFilter): Promise<number> {
  const counts = await Promise.all(IN_USE.map((state) => store.sheet.count({ ...filter, state })));
  return counts.reduce((sum, n) => sum + n, 0);
}
