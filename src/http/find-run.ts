import type { Run } from "../domain/run.ts";
import { NotFoundError } from "../lib/errors.ts";
import type { AppDeps } from "./deps.ts";

/** The run of this id. @throws {NotFoundError} when there is none. */
export async function findRun({ store }: Pick<AppDeps, "store">, id: string): Promise<Run> {
  const run = await store.runs.get(id);
  if (run === null) throw new NotFoundError(`There is no run ${id.slice(0, 100)}.`);
  return run;
}
