import type { Run } from "../domain/runs/run.ts";
import { NotFoundError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import type { AppDeps } from "./deps.ts";

/** The run of this id. @throws {NotFoundError} when there is none. */
export async function findRun({ store }: Pick<AppDeps, "store">, id: string): Promise<Run> {
  const run = await store.runs.get(id);
  if (run === null) {
    const runId = id.slice(0, 100);
    throw new NotFoundError(`There is no run ${runId}`, { says: saying("noRun", { runId }) });
  }
  return run;
}
