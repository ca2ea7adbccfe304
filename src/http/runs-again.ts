import type { Actor } from "../domain/actor.ts";
import type { Run } from "../domain/runs/run.ts";
import { type GivenParams, hasEnded, type ParamProblem } from "../domain/runs/run.ts";
import type { RunSlice } from "../domain/runs/run-slice.ts";
import { SLICE_NAMES } from "../domain/runs/run-slice.ts";
import { ConflictError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import type { AppDeps } from "./deps.ts";

/** How a run is started once more: from its beginning, or from the outputs that it saved. */
type Again = "retry" | "resume";

type AgainDeps = Pick<AppDeps, "store" | "scheduler" | "checkParams" | "pipelines">;

/** Who starts it, and how. */
export interface AgainRequest {
  how: Again;
  /** The parameters of the new run; those of the earlier one when omitted. */
  given?: GivenParams;
  trigger: "page" | "api";
  startedBy: Actor;
}

/** Returns whether a run has ended without success, so that it can be started once more. */
export async function canStartAgain(
  { store, pipelines }: Pick<AppDeps, "store" | "pipelines">,
  run: Run,
): Promise<{ retry: boolean; resume: boolean }> {
  const isOver = hasEnded(run) && run.status !== "done" && pipelines.includes(run.pipeline);
  return { retry: isOver, resume: isOver && (await store.runs.details(run.id)) !== null };
}

/**
 * Starts a failed or cancelled run once more, with the same part of its pipeline.
 * @returns the id of the new run, or the problems of its parameters.
 * @throws ConflictError when the run is not over, is done, or cannot be continued, or another one is running.
 */
export async function startAgain(
  deps: AgainDeps,
  run: Run,
  { how, given, trigger, startedBy }: AgainRequest,
): Promise<{ runId: string } | { problems: ParamProblem[] }> {
  if (!(await canStartAgain(deps, run))[how]) throw cannotStartAgain(run, how);
  const slice = sliceOf((await deps.store.runs.details(run.id))?.slice ?? {});
  const { pipeline } = run;
  const { params, problems } = await deps.checkParams(given ?? { values: run.params }, { pipeline, slice });
  // A run that is continued loads what an earlier node has saved.
  const problem = problems.filter(({ name }) => how === "retry" || name !== null);
  if (problem.length > 0) return { problems: problem };
  return deps.scheduler.trigger({
    ...{ pipeline, params, trigger, startedBy },
    ...(Object.keys(slice).length === 0 ? {} : { slice }),
    ...(how === "resume" ? { resume: run.id } : {}),
  });
}

function sliceOf(recorded: Readonly<Record<string, string[]>>): RunSlice {
  return Object.fromEntries(SLICE_NAMES.flatMap((name) => (recorded[name] ? [[name, recorded[name]]] : [])));
}

function cannotStartAgain({ id, status }: Run, how: Again): ConflictError {
  const figures = { runId: id, status };
  return new ConflictError(
    how === "retry"
      ? `Run ${id} cannot be retried: only failed and cancelled runs of an existing pipeline can, and it is ${status}`
      : `Run ${id} cannot be continued: only failed and cancelled runs that have started can, and it is ${status}`,
    { says: saying(how === "retry" ? "cannotRetry" : "cannotResume", figures) },
  );
}
