/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { GraphDrawing, GraphPart } from "../../../views/graph/drawing.tsx";
import type { GraphViewProps } from "../../../views/graph/view-props.ts";
import { PipelinesPage } from "../../../views/pages/pipelines.tsx";
import { FIRST, TUNING } from "../../domain/pipeline-names.ts";
import { formatQuery, type GraphQuery, NO_RUN, parseQuery } from "../../graph/query.ts";
import { readFacts, readShownRun, runChoice } from "../../graph/read-facts.ts";
import { ConflictError, UnavailableError, UsageError } from "../../lib/errors.ts";
import type { Saying } from "../../lib/saying.ts";
import { actorOf } from "../access/identity.ts";
import type { AppDeps } from "../deps.ts";
import { findRun } from "../find-run.ts";
import { formFields } from "../middleware/form.ts";
import { logFailure } from "../middleware/request-log.ts";
import { errorWords } from "./failures.ts";
import { streamGraphEvents } from "./pipelines-live.ts";
import { readStartForm, type StartForm } from "./pipelines-run.ts";
import { isHtmx, pageProps, readerText, readerTimeZone } from "./reader.ts";
import { seeOther } from "./see-other.ts";
import { sharedFor } from "./shared.ts";

const PATH = "/pipelines";
/** Number of runs to choose from. */
const RUNS_TO_REPLAY = 20;
const FACTS_MAX_AGE_MS = 1_000;

type View = Omit<GraphDrawing, "part" | "language" | "timeZone">;

/** `/pipelines`: the graph, its parts for the page's script, the progress of runs on it, and starting one. */
export function createPipelinesRoutes(deps: AppDeps): Hono {
  const routes = new Hono();
  const facts = sharedFor(deps.clock, FACTS_MAX_AGE_MS, () => readFacts(deps.store.runs));
  const viewOf = (c: Context, params = new URL(c.req.url).searchParams) => readView(c, deps, params, facts);
  const draw = async (c: Context, part: GraphPart, view: View) => {
    const drawing = { ...view, part, language: readerText(c).language, timeZone: readerTimeZone(c) };
    try {
      return await deps.drawGraph(drawing);
    } catch (error) {
      const problem = tooSlow(error);
      if (part !== "view" || problem === null) throw error;
      return deps.drawGraph({ ...drawing, problem });
    }
  };
  const page = async (c: Context, view: View, form: StartForm | null) => {
    const start = form ?? view.start;
    const props = { ...pageProps(c, deps.version), view: await draw(c, "view", { ...view, start }) };
    return `<!doctype html>${await PipelinesPage(props)}`;
  };

  routes.get("/", async (c) => c.html(await page(c, await viewOf(c), null)));

  routes.get("/part/:part{view|list|panel|run|slices}", async (c) =>
    c.html(await draw(c, c.req.param("part") as GraphPart, await viewOf(c))),
  );

  routes.get("/events", (c) => streamGraphEvents(c, deps));

  routes.post("/", async (c) => {
    const form = await readStartForm(readerText(c), deps, await formFields(c));
    const redraw = async (status: 409 | 422) => {
      const view = await viewOf(c, new URLSearchParams(formatQuery(form.query)));
      if (isHtmx(c)) return c.html(await draw(c, "start", { ...view, start: form }), status);
      return c.html(await page(c, view, form), status);
    };
    if (Object.keys(form.errors).length > 0) return redraw(422);
    try {
      const { query, params, part } = form;
      const slice = Object.keys(part).length === 0 ? {} : { slice: part };
      const { pipeline } = query;
      const { runId } = await deps.scheduler.trigger({
        ...{ pipeline, params, ...slice },
        ...{ trigger: "page", startedBy: actorOf(c) },
      });
      return seeOther(c, `${PATH}?${formatQuery({ ...query, run: runId, at: null })}`);
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof UsageError)) throw error;
      form.errors.form = errorWords(readerText(c), error);
      return redraw(409);
    }
  });

  return routes;
}

async function readView(
  c: Context,
  deps: AppDeps,
  params: URLSearchParams,
  facts: () => Promise<GraphViewProps["facts"]>,
): Promise<View> {
  const wantedRun = params.get("run");
  const requested = wantedRun && wantedRun !== NO_RUN ? await findRun(deps, wantedRun) : null;
  const wanted = new URLSearchParams(params);
  if (requested !== null && !wanted.has("pipeline")) wanted.set("pipeline", requested.pipeline);
  const names = deps.graph().pipelines.map(({ name }) => name);
  const query = parseQuery(wanted, names, await usualPipeline(deps, names));
  const { runs } = await deps.store.runs.list({ pipeline: query.pipeline, limit: RUNS_TO_REPLAY });
  const run = wantedRun === NO_RUN ? null : (requested ?? runs[0] ?? null);
  // Before the events are read: an event that arrives in the meantime is sent twice rather than never.
  const after = await deps.store.runs.latestEventSeq();
  return {
    query,
    facts: await facts(),
    runs: runs.map(runChoice),
    shown: run === null ? null : await readShownRun(deps.store.runs, run),
    after,
    preview: await previewOf(c, deps, query),
    start: { values: {}, errors: {}, slice: params.get("slice") ?? "" },
    problem: null,
  };
}

/** The pipeline that ran last; where none has run, the one that the scheduler would run. */
async function usualPipeline({ store, registry }: AppDeps, names: readonly string[]): Promise<string> {
  const { runs } = await store.runs.list({ pipelines: names, limit: 1 });
  const last = runs[0]?.pipeline;
  if (last !== undefined) return last;
  return (await registry.champion()) === null && names.includes(FIRST) ? FIRST : TUNING;
}

/** Why a picture is shown as a list instead: drawing it took too long. Null for any other error. */
function tooSlow(error: unknown): Saying | null {
  const says = error instanceof UnavailableError ? error.says : undefined;
  return says?.key === "graphTooSlow" ? says : null;
}

/** The preview of the selected dataset; null when there is none. An error is logged and not shown. */
async function previewOf(
  c: Context,
  deps: AppDeps,
  { selected }: GraphQuery,
): Promise<GraphViewProps["preview"]> {
  const name = /^dataset:(.+)$/s.exec(selected ?? "")?.[1];
  if (name === undefined || deps.previews === undefined || !Object.hasOwn(deps.graph().datasets, name))
    return null;
  try {
    return await deps.previews(name);
  } catch (error) {
    await logFailure(c, "the preview of a dataset cannot be read", error);
    return null;
  }
}
