import type { RunToCompare } from "../domain/runs/compare-runs.ts";
import { MAX_COMPARED } from "../domain/runs/compare-runs.ts";
import type { Run } from "../domain/runs/run.ts";
import { parametersRead } from "../domain/runs/run-inputs.ts";
import { nodesOf } from "../graph/picture.ts";
import { InputError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import type { AppDeps } from "./deps.ts";
import { findRun } from "./find-run.ts";

type CompareDeps = Pick<AppDeps, "store" | "registry" | "graph">;

/**
 * Reads runs to compare, in the given order.
 * @throws {InputError} unless there are 2 to 5 different ones; {NotFoundError} when there is no such run.
 */
export async function runsToCompare(deps: CompareDeps, ids: readonly string[]): Promise<RunToCompare[]> {
  const own = [...new Set(ids)];
  if (own.length < 2 || own.length > MAX_COMPARED) {
    const figures = { max: MAX_COMPARED, found: own.length };
    throw new InputError(`run: expected 2 to ${figures.max} different runs, found ${figures.found}`, {
      says: saying("compareCount", figures),
    });
  }
  return Promise.all(own.map(async (id) => runToCompare(deps, await findRun(deps, id))));
}

async function runToCompare({ store, registry, graph }: CompareDeps, run: Run): Promise<RunToCompare> {
  const [details, model] = await Promise.all([
    store.runs.details(run.id),
    run.modelVersion === null ? null : registry.get(run.modelVersion),
  ]);
  const nodes = nodesOf(graph(), { pipeline: run.pipeline, tags: [] });
  const read = nodes.length === 0 ? null : parametersRead(nodes);
  return {
    run,
    parameters: readBy(read, details?.parameters ?? run.params),
    isPartial: details === null,
    evaluations: { ...model?.metrics.evaluations, ...run.metrics.evaluations },
  };
}

/** The parameters that a pipeline reads; all of them for null. */
function readBy(
  read: readonly string[] | null,
  parameters: Record<string, unknown>,
): Record<string, unknown> {
  if (read === null) return parameters;
  const tops = new Set(read.map((name) => name.split(".")[0]));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => tops.has(name)));
}
