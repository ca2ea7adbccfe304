/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import type { TrainedOnProps } from "../../../../views/fragments/lineage/trained-on.tsx";
import type { Text } from "../../../../views/i18n/text.ts";
import { RunDataPage } from "../../../../views/pages/lineage/run-data.tsx";
import { DATA_SIDES } from "../../../domain/lineage/run-data.ts";
import type { AppDeps } from "../../deps.ts";
import { findRun } from "../../find-run.ts";
import { pageProps, readerText } from "../reader.ts";
import { usedCard } from "./drawing-cards.ts";

/** Number of drawings per page. */
const DRAWINGS_A_PAGE = 60;
/** Number of drawings on the page of a run or a model. */
const SHOWN = 12;

/** `/runs/{id}/data`: the drawings that a run used. */
export function createRunDataRoute(deps: AppDeps): Hono {
  return new Hono().get("/:id/data", async (c) => {
    const run = await findRun(deps, c.req.param("id"));
    const { lineage } = deps.store;
    const cursor = c.req.query("cursor");
    const side = DATA_SIDES.find((one) => one === c.req.query("side")) ?? null;
    const [data, page] = await Promise.all([
      lineage.runData(run.id),
      lineage.runSamples(run.id, {
        limit: DRAWINGS_A_PAGE,
        ...(side === null ? {} : { side }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    ]);
    const text = readerText(c);
    const props = {
      ...pageProps(c, deps.version),
      ...{ runId: run.id, data, side, nextCursor: page.nextCursor, isFirstPage: cursor === undefined },
      drawings: page.samples.map((used) => usedCard(text, used)),
    };
    return c.html(`<!doctype html>${await RunDataPage(props)}`);
  });
}

/** The props of the section on what a run, or the model that it made, was trained on. */
export async function trainedOn(
  { store }: Pick<AppDeps, "store">,
  text: Text,
  runId: string | null,
  parentVersion: number | null = null,
): Promise<Omit<TrainedOnProps, "text">> {
  const data = runId === null ? null : await store.lineage.runData(runId);
  const page =
    runId === null || data === null
      ? { samples: [] }
      : await store.lineage.runSamples(runId, { side: "train", limit: SHOWN });
  return { runId, data, drawings: page.samples.map((used) => usedCard(text, used)), parentVersion };
}
