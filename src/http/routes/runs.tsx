/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import { ExamplesOf } from "../../../views/fragments/examples-of.tsx";
import { RunForm } from "../../../views/fragments/runs/run-form.tsx";
import type { RunsQuery } from "../../../views/fragments/runs/runs-filter.tsx";
import { ChangedPage } from "../../../views/pages/changed.tsx";
import { ExamplesPage } from "../../../views/pages/examples.tsx";
import { RunPage } from "../../../views/pages/run.tsx";
import { RunsPage } from "../../../views/pages/runs.tsx";
import { CHANGED_SETS, type ChangedSet } from "../../domain/examples.ts";
import { MNIST_TEST } from "../../domain/metrics.ts";
import type { Run } from "../../domain/runs/run.ts";
import { hasEnded, RUN_STATUSES } from "../../domain/runs/run.ts";
import { RUN_SORTS } from "../../domain/runs/run-annotations.ts";
import { ConflictError, InputError, NotFoundError, UsageError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { actorOf } from "../access/identity.ts";
import type { AppDeps } from "../deps.ts";
import { findRun } from "../find-run.ts";
import { formFields } from "../middleware/form.ts";
import { setContentSecurityPolicy } from "../middleware/security-headers.ts";
import { canStartAgain } from "../runs-again.ts";
import { changedOf } from "./changed-drawings.ts";
import { errorWords, failuresOf } from "./failures.ts";
import { trainedOn } from "./lineage/run-data.tsx";
import { isHtmx, pageProps, readerText } from "./reader.ts";
import { reportsOf } from "./reports.ts";
import { type ExamplesQuery, runExamples, shownExamples } from "./run-examples.ts";
import {
  againProps,
  createRefusedForms,
  createRunAnnotationRoutes,
  type TypedAgain,
} from "./runs/annotations.tsx";
import { createCompareRoute } from "./runs/compare.tsx";
import { createRunFormRoutes, emptyForm, type Form, readForm } from "./runs/run-form.tsx";
import { seeOther } from "./see-other.ts";
import type { StoryBook } from "./status.ts";

/** Number of runs per page. */
export const RUNS_A_PAGE = 25;

/** `/runs`: the list, starting a run, one run, its examples and report, and cancelling it. */
export function createRunsRoutes(deps: AppDeps, stories: StoryBook): Hono {
  const routes = new Hono();

  routes.get("/", async (c) =>
    c.html(await runsPage(c, deps, await emptyForm(c, deps, c.req.query("pipeline")))),
  );
  routes.route("/", createRunFormRoutes(deps));

  routes.post("/", async (c) => {
    const { params, ...form } = await readForm(c, deps, await formFields(c));
    if (Object.keys(form.errors).length > 0) return redraw(c, deps, form, 422);
    try {
      const { runId } = await deps.scheduler.trigger({
        pipeline: form.pipeline,
        params,
        trigger: "page",
        startedBy: actorOf(c),
      });
      return seeOther(c, `/runs/${encodeURIComponent(runId)}`);
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof UsageError)) throw error;
      return redraw(c, deps, { ...form, errors: { form: errorWords(readerText(c), error) } }, 409);
    }
  });

  const forms = createRefusedForms(deps.clock);
  routes.route("/", createCompareRoute(deps, stories));
  routes.route("/", createRunAnnotationRoutes(deps, forms));

  routes.get("/:id", async (c) => {
    const run = await findRun(deps, c.req.param("id"));
    const token = c.req.query("refused") ?? "";
    if (token === "cancel") {
      const problem = readerText(c).t("failure.notRunning", { runId: run.id });
      return c.html(await runPage(c, deps, stories, run, problem));
    }
    const refused = forms.get(token);
    const again = refused?.runId === run.id ? refused.again : undefined;
    // A run that cannot be started once more has no form to show the reason in.
    const isWithoutForm = again !== undefined && !(await canStartAgain(deps, run)).retry;
    const problem = isWithoutForm ? (again.errors.form ?? null) : null;
    return c.html(await runPage(c, deps, stories, run, problem, again));
  });

  routes.get("/:id/examples", async (c) => {
    const run = await findRun(deps, c.req.param("id"));
    const query = readExamplesQuery(c);
    const kind = CHANGED_SETS.find((set) => set === query.set);
    if (kind !== undefined && query.cell === null) return c.html(await changedPage(c, deps, run.id, kind));
    const shown = await shownExamples(deps, run.id, query);
    if (isHtmx(c)) return c.html(<ExamplesOf text={readerText(c)} {...shown} />);
    const props = { ...pageProps(c, deps.version), runId: run.id, shown };
    return c.html(`<!doctype html>${await ExamplesPage(props)}`);
  });

  routes.get("/:id/report", async (c) => {
    const run = await findRun(deps, c.req.param("id"));
    if (deps.results === undefined) throw new NotFoundError(`Run ${run.id} has no report`);
    const html = await deps.results.report(run.id, readerText(c).language);
    setContentSecurityPolicy(c, reportPolicy(html));
    return c.html(html);
  });

  routes.post("/:id/cancel", async (c) => {
    await formFields(c);
    const run = await findRun(deps, c.req.param("id"));
    try {
      await deps.scheduler.cancel(run.id, actorOf(c));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      // It may have ended while the question was on the screen. This address itself cannot be loaded again.
      return seeOther(c, `/runs/${encodeURIComponent(run.id)}?refused=cancel`);
    }
    return seeOther(c, `/runs/${encodeURIComponent(run.id)}`);
  });

  return routes;
}

async function redraw(c: Context, deps: AppDeps, form: Form, status: 409 | 422): Promise<Response> {
  if (isHtmx(c)) return c.html(<RunForm text={readerText(c)} {...form} />, status);
  return c.html(await runsPage(c, deps, form), status);
}

async function runsPage(c: Context, deps: AppDeps, form: Form): Promise<string> {
  const cursor = c.req.query("cursor");
  const query = readQuery(c);
  const isFiltered = query.search !== "" || query.tag !== null || query.status !== null;
  const page = await deps.store.runs.list({
    ...{ limit: RUNS_A_PAGE, search: query.search, sort: query.sort },
    ...(query.tag === null ? {} : { tag: query.tag }),
    ...(query.status === null ? {} : { status: query.status }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const isFirstPage = cursor === undefined;
  const props = {
    ...pageProps(c, deps.version),
    form,
    table: {
      ...(await runsTableProps(deps, page.runs)),
      isFiltered,
      now: deps.clock.now().toISOString(),
    },
    filter: { query, tags: (await deps.store.runs.tags()).map(({ tag }) => tag) },
    nextCursor: page.nextCursor,
    isFirstPage,
    isLive: isFirstPage && !isFiltered && query.sort === "newest",
  };
  return `<!doctype html>${await RunsPage(props)}`;
}

/** Returns runs with their errors and what people have written about them, for a table. */
export async function runsTableProps(deps: Pick<AppDeps, "store">, runs: readonly Run[]) {
  const [failures, annotations] = await Promise.all([
    failuresOf(deps.store.runs, runs),
    deps.store.runs.annotations(runs.map(({ id }) => id)),
  ]);
  return { runs, failures, annotations: new Map(annotations.map((own) => [own.runId, own])) };
}

/** An unknown status or order is ignored, as an empty one is. */
function readQuery(c: Context): RunsQuery {
  const { search = "", tag = "", status, sort } = c.req.query();
  return {
    search: search.trim().slice(0, 200),
    tag: tag === "" ? null : tag,
    status: RUN_STATUSES.find((one) => one === status) ?? null,
    sort: RUN_SORTS.find((one) => one === sort) ?? "newest",
  };
}

/** @param again what was typed to start the run once more, when that was refused. */
async function runPage(
  c: Context,
  deps: AppDeps,
  stories: StoryBook,
  run: Run,
  problem: string | null,
  again?: TypedAgain,
) {
  const props = {
    ...pageProps(c, deps.version),
    live: await runLiveProps(deps, stories, run, again),
    data: await trainedOn(deps, readerText(c), run.id),
    annotations: (await deps.store.runs.annotations([run.id]))[0]!,
    problem,
  };
  return `<!doctype html>${await RunPage(props)}`;
}

/** The props of the live part of a run's page. @param again as of `runPage`. */
export async function runLiveProps(deps: AppDeps, stories: StoryBook, run: Run, again?: TypedAgain) {
  const story = await stories.of(run.id);
  const model = run.modelVersion === null ? null : await deps.registry.get(run.modelVersion);
  const examples = hasEnded(run) ? await runExamples(deps, run.id) : null;
  return {
    run,
    failure: (await failuresOf(deps.store.runs, [run])).get(run.id),
    story: { ...story, gate: story.gate ?? model?.gate ?? null },
    reports: reportsOf({ ...model?.metrics.evaluations, ...run.metrics.evaluations }),
    examples,
    changed: examples?.changed ?? null,
    reportHref: (await deps.results?.hasReport(run.id)) ? `/runs/${encodeURIComponent(run.id)}/report` : null,
    again: await againProps(deps, run, again),
    isSlowed: run.status === "running" && deps.isMachineBusy(),
    now: deps.clock.now().toISOString(),
  };
}

/** All saved drawings of a kind that changed. @throws {NotFoundError} when the run saved none. */
async function changedPage(c: Context, deps: AppDeps, runId: string, kind: ChangedSet): Promise<string> {
  if (deps.results === undefined) throw new NotFoundError(`Run ${runId} has no examples`);
  const examples = changedOf(await deps.results.examples(runId), kind);
  return `<!doctype html>${await ChangedPage({ ...pageProps(c, deps.version), runId, kind, examples })}`;
}

/** The content security policy of a report: only its own inline style is allowed, by its hash. */
function reportPolicy(html: string): string {
  const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  const hash = new Bun.CryptoHasher("sha256").update(style).digest("base64");
  return `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; frame-ancestors 'none'; sandbox`;
}

/** Without a cell the query is for the worst mistakes. @throws {InputError} when only half of a cell is given. */
function readExamplesQuery(c: Context): ExamplesQuery {
  const { set = MNIST_TEST, true: label, predicted } = c.req.query();
  if ((label === undefined) !== (predicted === undefined)) {
    throw new InputError("true, predicted: expected both for a cell, or neither for the worst mistakes", {
      says: saying("request.cell"),
    });
  }
  return { set, cell: label === undefined || predicted === undefined ? null : { label, predicted } };
}
