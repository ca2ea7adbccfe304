/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { CompareRunsPage } from "../../../../views/pages/compare-runs.tsx";
import { compareRuns } from "../../../domain/runs/compare-runs.ts";
import { runsToCompare } from "../../compare.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";
import type { StoryBook } from "../status.ts";

/** `/runs/compare?run=A&run=B`: up to five runs side by side. */
export function createCompareRoute(deps: AppDeps, stories: StoryBook): Hono {
  return new Hono().get("/compare", async (c) => {
    const runs = await runsToCompare(deps, c.req.queries("run") ?? []);
    const props = {
      ...pageProps(c, deps.version),
      runs: runs.map(({ run }) => run),
      comparison: compareRuns(runs),
      curves: await Promise.all(runs.map(async ({ run }) => (await stories.of(run.id)).epochs)),
      now: deps.clock.now().toISOString(),
    };
    return c.html(`<!doctype html>${await CompareRunsPage(props)}`);
  });
}
