/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { LearningStatus } from "../../../views/fragments/learning-status.tsx";
import { ModelHead } from "../../../views/fragments/models/model-head.tsx";
import { ModelsList } from "../../../views/fragments/models/models-list.tsx";
import { RunLive } from "../../../views/fragments/runs/run-live.tsx";
import { RunsTable, type RunsTableProps } from "../../../views/fragments/runs/runs-table.tsx";
import { MapRun } from "../../../views/fragments/samples/map/map-run.tsx";
import { SchedulerNow } from "../../../views/fragments/scheduler/scheduler-now.tsx";
import { TrialsLive } from "../../../views/fragments/trials/trials-live.tsx";
import { hasEnded } from "../../domain/runs/run.ts";
import { InputError, NotFoundError } from "../../lib/errors.ts";
import { dimmerFor } from "../access/dim-controls.ts";
import type { AppDeps } from "../deps.ts";
import { findRun } from "../find-run.ts";
import { logFailure, STREAM_FAILED } from "../middleware/request-log.ts";
import { modelsListProps } from "./models/models-list.ts";
import { pageStream } from "./page-stream.ts";
import { readerText, readerTimeZone } from "./reader.ts";
import { RUNS_A_PAGE, runLiveProps, runsTableProps } from "./runs.tsx";
import { mapRun } from "./samples/map/map-run.ts";
import { schedulerNow } from "./scheduler/scheduler.tsx";
import { sharedFor } from "./shared.ts";
import { SharedFragments } from "./shared-fragments.ts";
import { learningStatus, type Status, type StoryBook } from "./status.ts";
import { trialsLiveProps } from "./trials/trials.tsx";

/** The current state of a fragment; `isOver` when it can no longer change. */
interface Drawn {
  html: string;
  isOver: boolean;
}
type Draw = () => Promise<Drawn>;

/** Shorter than the interval between two messages to one page. */
const MAX_AGE_MS = 150;

/** Data that is the same for all readers. */
interface Sources {
  status(): Promise<Status>;
  runs(): Promise<Pick<RunsTableProps, "runs" | "failures" | "annotations">>;
  models(): ReturnType<typeof modelsListProps>;
  trials(): ReturnType<typeof trialsLiveProps>;
  scheduler(): ReturnType<typeof schedulerNow>;
  fragments: SharedFragments;
}

/**
 * `GET /events?view=draw|runs|run|models|model|map|scheduler|trials[&id=|&version=]`: the changing part of a page as server-sent events for htmx.
 * Each message is the complete fragment, so a client that misses one loses nothing. The fragment is redrawn after each
 * run event and at short intervals, and is sent only when it differs.
 */
export function createLiveRoute(deps: AppDeps, stories: StoryBook): Hono {
  const sources: Sources = {
    status: sharedFor(deps.clock, MAX_AGE_MS, () => learningStatus(deps, stories)),
    runs: sharedFor(deps.clock, MAX_AGE_MS, async () => {
      const { runs } = await deps.store.runs.list({ limit: RUNS_A_PAGE });
      return runsTableProps(deps, runs);
    }),
    models: sharedFor(deps.clock, MAX_AGE_MS, () => modelsListProps(deps)),
    trials: sharedFor(deps.clock, MAX_AGE_MS, () => trialsLiveProps(deps)),
    scheduler: sharedFor(deps.clock, MAX_AGE_MS, () => schedulerNow(deps)),
    fragments: new SharedFragments(deps.clock, MAX_AGE_MS),
  };
  return new Hono().get("/", async (c) => {
    const draw = await drawerOf(c, deps, stories, sources);
    const dim = dimmerFor(c) ?? ((html) => html);
    // Buffering proxies would hold messages back.
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      try {
        await follow(deps, stream, draw, dim);
      } catch (error) {
        await logFailure(c, STREAM_FAILED, error);
      }
    });
  });
}

/** @param dim what a page of this reader has disabled stays disabled. */
async function follow(
  deps: AppDeps,
  stream: SSEStreamingApi,
  draw: Draw,
  dim: (html: string) => string,
): Promise<void> {
  const wake = pageStream(deps.events, stream);
  let sent: string | null = null;
  try {
    while (!stream.aborted) {
      const { html, isOver } = await draw();
      if (html !== sent) await stream.writeSSE({ data: dim(html) });
      else await wake.heartbeat();
      sent = html;
      if (isOver) return void (await stream.writeSSE({ event: "over", data: "" }));
      await wake.next();
    }
  } finally {
    wake.stop();
  }
}

/** Returns the function that draws the requested view. @throws {NotFoundError} for an unknown run, {InputError} for an unknown view. */
async function drawerOf(c: Context, deps: AppDeps, stories: StoryBook, sources: Sources): Promise<Draw> {
  const text = readerText(c);
  const view = c.req.query("view");
  const going = async (html: unknown): Promise<Drawn> => ({ html: String(await html), isOver: false });
  /** For views that are the same for all readers of a language and a time zone. */
  const shared = (render: () => Promise<unknown>): Draw => {
    const key = JSON.stringify([view, text.language, readerTimeZone(c)]);
    const html = sources.fragments.of(key, async () => String(await await render()));
    return async () => ({ html: await html(), isOver: false });
  };
  if (view === "draw") {
    return shared(async () => <LearningStatus text={text} {...(await sources.status())} />);
  }
  if (view === "runs") {
    return shared(async () => {
      const table = await sources.runs();
      return <RunsTable text={text} {...table} now={deps.clock.now().toISOString()} />;
    });
  }
  if (view === "models") {
    return shared(async () => <ModelsList text={text} {...(await sources.models())} />);
  }
  if (view === "model") {
    const version = Number(c.req.query("version"));
    await liveModel(deps, version);
    return async () => going(<ModelHead text={text} {...(await liveModel(deps, version))} />);
  }
  if (view === "trials") {
    return shared(async () => <TrialsLive text={text} {...(await sources.trials())} />);
  }
  if (view === "map") {
    return shared(async () => <MapRun text={text} run={await mapRun(deps, stories, text)} />);
  }
  if (view === "scheduler") {
    return shared(async () => <SchedulerNow text={text} {...(await sources.scheduler())} />);
  }
  if (view === "run") {
    const { id } = await findRun(deps, c.req.query("id") ?? "");
    return async () => {
      const run = await findRun(deps, id);
      const props = await runLiveProps(deps, stories, run);
      return { html: String(await (<RunLive text={text} {...props} />)), isOver: hasEnded(run) };
    };
  }
  throw new InputError("view: expected draw, runs, run, models, model, map, scheduler or trials");
}

/** A version as it is now, and which one is live. @throws {NotFoundError} when there is no such version. */
async function liveModel({ registry }: AppDeps, version: number) {
  const [model, champion] = await Promise.all([registry.get(version), registry.champion()]);
  if (model === null) throw new NotFoundError(`There is no model version ${version}`);
  const liveVersion = champion?.version ?? null;
  return { model, isLive: liveVersion === version, liveVersion };
}
