/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import type { NoticeProps } from "../../../../views/fragments/notice.tsx";
import { ModelPage } from "../../../../views/pages/model.tsx";
import { NotFoundError, TegakiError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import type { AppDeps } from "../../deps.ts";
import { errorWords } from "../failures.ts";
import { trainedOn } from "../lineage/run-data.tsx";
import { pageProps, readerText } from "../reader.ts";
import { reportsOf } from "../reports.ts";
import { runExamples } from "../run-examples.ts";

/** Number of changes on the page of a version. */
const RECENT_CHANGES = 20;

/** Renders the page of one version. @throws NotFoundError when there is no such version. */
export async function modelPage(
  c: Context,
  deps: AppDeps,
  version: number,
  notice: NoticeProps | null,
): Promise<string> {
  const { registry, modelFiles } = deps;
  const [model, champion] = await Promise.all([registry.get(version), registry.champion()]);
  if (model === null) {
    throw new NotFoundError(`There is no model version ${version}`, {
      says: saying("noVersion", { version }),
    });
  }
  const examples = await runExamples(deps, model.runId);
  const props = {
    ...pageProps(c, deps.version),
    path: `/models/${version}`,
    model,
    isLive: champion?.version === version,
    liveVersion: champion?.version ?? null,
    reports: reportsOf(model.metrics.evaluations),
    examples,
    changed: examples?.changed ?? null,
    trainedOn: await trainedOn(deps, readerText(c), model.runId, model.parentVersion),
    neededBy: model.state === "deleted" ? [] : await modelFiles.neededBy(version),
    changes: await registry.changes({ version, limit: RECENT_CHANGES }),
    notice,
  };
  return `<!doctype html>${await ModelPage(props)}`;
}

/** Executes an action, then returns to the page of the version. Errors written for people are shown on it. */
export async function actOnModel(
  c: Context,
  deps: AppDeps,
  version: number,
  action: () => Promise<void>,
): Promise<Response> {
  try {
    await action();
    return c.redirect(`/models/${version}`, 303);
  } catch (error) {
    if (error instanceof NotFoundError || !(error instanceof TegakiError)) throw error;
    const notice: NoticeProps = { kind: "problem", message: errorWords(readerText(c), error) };
    return c.html(await modelPage(c, deps, version, notice), 409);
  }
}
