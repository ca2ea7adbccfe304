import type { MiddlewareHandler } from "hono";
import type { HomeStripProps } from "../../../../views/layout/home-strip.tsx";
import type { AppDeps } from "../../deps.ts";
import { isHtmx } from "../reader.ts";
import { sharedFor } from "../shared.ts";
import { learningStatus, type StoryBook } from "../status.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Set for pages that show it. */
    strip?: HomeStripProps;
  }
}

/** Many pages cost the store as much as one. */
const MAX_AGE_MS = 1_000;
/** Accuracy moves slowly, and is read from many counts. */
const ACCURACY_MAX_AGE_MS = 15_000;
/** The page with a strip of its own, and what is no page. */
const WITHOUT = ["/", "/events", "/strip", "/notices"];

type StripDeps = Pick<
  AppDeps,
  "store" | "scheduler" | "registry" | "predictor" | "classes" | "isMachineBusy" | "monitor" | "clock"
>;

/** Returns a function that reads the strip; calls within a second share one result. */
export function createStrip(deps: StripDeps, stories: StoryBook): () => Promise<HomeStripProps> {
  const { store, monitor, clock } = deps;
  const accuracy = sharedFor(
    clock,
    ACCURACY_MAX_AGE_MS,
    async () => (await monitor.overview("30d")).accuracy,
  );
  return sharedFor(clock, MAX_AGE_MS, async () => {
    const [status, requests, { suspect, held }, { unlabelled }, measured] = await Promise.all([
      learningStatus(deps, stories),
      store.scheduler.requests({ states: ["pending"] }),
      store.samples.reviewCounts(),
      store.queue.counts(),
      accuracy(),
    ]);
    const { newSamples: n, threshold, firstModel: first, running, news, newsRunId, isPaused } = status;
    return {
      labels: { n, threshold },
      first: first === null ? null : { n: first.n, total: first.total },
      running:
        running === null
          ? null
          : { runId: running.runId, pipeline: running.pipeline, progress: running.progress },
      live: liveOf(deps.predictor.current()?.version ?? null, measured),
      isPaused,
      needs: {
        reviews: suspect + held,
        requests: requests.length,
        failedRun: news?.kind === "failed" ? newsRunId : null,
      },
      unlabelled,
    };
  });
}

function liveOf(
  version: number | null,
  { versions }: Awaited<ReturnType<AppDeps["monitor"]["overview"]>>["accuracy"],
): HomeStripProps["live"] {
  if (version === null) return null;
  const own = versions.find(({ key }) => key === version)?.accuracy;
  return { version, accuracy: own?.share ?? null, n: own?.n ?? 0 };
}

/** Reads the strip for the pages that show it. */
export function stripOnPages(read: () => Promise<HomeStripProps>): MiddlewareHandler {
  return async (c, next) => {
    if (!isHtmx(c) && !WITHOUT.includes(c.req.path)) c.set("strip", await read());
    await next();
  };
}
