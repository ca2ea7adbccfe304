/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { NoticeProps } from "../../../../views/fragments/notice.tsx";
import type { DryRunProps } from "../../../../views/fragments/scheduler/dry-run.tsx";
import { SchedulerPage } from "../../../../views/pages/scheduler.tsx";
import { FIRST, TUNING } from "../../../domain/pipeline-names.ts";
import { MAX_REASON } from "../../../domain/scheduler/request.ts";
import { ConflictError, InputError, NotFoundError, TegakiError } from "../../../lib/errors.ts";
import { zonedTime } from "../../../lib/zoned-time.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { gatesOf } from "../models/gates.ts";
import { pageProps, readerText, readerTimeZone } from "../reader.ts";
import { seeOther } from "../see-other.ts";

const PATH = "/scheduler";
const TICKS_A_PAGE = 20;
const DECIDED = 10;

type Deps = Pick<AppDeps, "scheduler" | "store" | "registry" | "version" | "pipelines" | "checkParams">;

/** `/scheduler`: why not now, what waits for a person, a dry run, and pausing. */
export function createSchedulerRoutes(deps: Deps): Hono {
  const { scheduler } = deps;
  const routes = new Hono();

  routes.get("/", async (c) => c.html(await page(c, deps, null)));

  for (const act of ["pause", "resume"] as const) {
    routes.post(`/${act}`, (c) =>
      changed(c, deps, async ({ reason }) => {
        await scheduler.setPaused({ paused: act === "pause", by: actorOf(c), reason });
        return PATH;
      }),
    );
  }

  routes.post("/trigger", (c) =>
    changed(c, deps, async () => {
      const pipeline = (await scheduler.status()).firstModel === null ? TUNING : FIRST;
      const [problem] = (await deps.checkParams({ values: {} }, { pipeline })).problems;
      if (problem !== undefined) throw new ConflictError(problem.message, { says: problem.says });
      const startedBy = actorOf(c);
      const { runId } = await scheduler.trigger({ pipeline, params: {}, trigger: "page", startedBy });
      return `/runs/${encodeURIComponent(runId)}`;
    }),
  );

  for (const [act, state] of [
    ["approve", "approved"],
    ["decline", "declined"],
  ] as const) {
    routes.post(`/requests/:id{[1-9][0-9]{0,14}}/${act}`, (c) =>
      changed(c, deps, async ({ reason }) => {
        if (reason === null) throw new InputError(reasonNeeded(c));
        const verdict = { state, by: actorOf(c), via: "page" as const, reason };
        await scheduler.decide(Number(c.req.param("id")), verdict);
        return `${PATH}#scheduler-requests`;
      }),
    );
  }

  return routes;
}

function reasonNeeded(c: Context): string {
  return readerText(c).t("scheduler.error.reason", { max: MAX_REASON });
}

/** Executes an action of a form, and leads to the page that it returns; a refusal is shown above the page. */
async function changed(
  c: Context,
  deps: Deps,
  action: (form: { reason: string | null }) => Promise<string>,
): Promise<Response> {
  const given = (await formFields(c)).reason?.trim() ?? "";
  try {
    if (given.length > MAX_REASON) throw new InputError(reasonNeeded(c));
    return seeOther(c, await action({ reason: given === "" ? null : given }));
  } catch (error) {
    if (error instanceof NotFoundError || !(error instanceof TegakiError)) throw error;
    const notice: NoticeProps = { kind: "problem", message: errorWords(readerText(c), error) };
    return c.html(await page(c, deps, notice), error instanceof InputError ? 422 : 409);
  }
}

async function page(c: Context, deps: Deps, notice: NoticeProps | null): Promise<string> {
  const { store, version } = deps;
  const before = /^[1-9]\d{0,14}$/.exec(c.req.query("before") ?? "")?.[0];
  const [now, dryRun, pending, decided, ticks] = await Promise.all([
    schedulerNow(deps),
    readDryRun(c, deps),
    store.scheduler.requests({ states: ["pending"] }),
    store.scheduler.requests({ states: ["approved", "declined", "withdrawn", "done"], limit: DECIDED }),
    store.scheduler.ticks({
      limit: TICKS_A_PAGE + 1,
      ...(before === undefined ? {} : { before: Number(before) }),
    }),
  ]);
  const gates = await gatesOf(
    deps,
    pending.map(({ modelVersion }) => modelVersion),
  );
  const shown = ticks.slice(0, TICKS_A_PAGE);
  const props = {
    ...{ ...pageProps(c, version), path: PATH },
    ...{ now, dryRun, notice, ticks: shown, requests: { pending, decided, gates } },
    older: ticks.length > TICKS_A_PAGE ? shown.at(-1)!.seq : null,
    isNewest: before === undefined,
  };
  return `<!doctype html>${await SchedulerPage(props)}`;
}

/** The props of the part of the page that changes. */
export async function schedulerNow({ scheduler, store }: Pick<AppDeps, "scheduler" | "store">) {
  const [outlook, pending] = await Promise.all([
    scheduler.outlook(),
    store.scheduler.requests({ states: ["pending"] }),
  ]);
  return { outlook, pending: pending.length };
}

/** The dry run of the query; without one, an empty form. */
async function readDryRun(
  c: Context,
  { scheduler }: Pick<AppDeps, "scheduler">,
): Promise<Omit<DryRunProps, "text">> {
  const at = c.req.query("at") ?? "";
  if (at === "") return { at, outcome: null, error: null };
  const time = zonedTime(at, readerTimeZone(c) ?? "UTC");
  const error = readerText(c).t("scheduler.error.time");
  if (time === null) return { at: "", outcome: null, error };
  try {
    return { at, outcome: await scheduler.outlook(time), error: null };
  } catch (problem) {
    if (!(problem instanceof InputError)) throw problem;
    return { at, outcome: null, error };
  }
}
