import { ConflictError } from "../../lib/errors.ts";
import type { AppDeps } from "../deps.ts";

type ModelDeps = Pick<AppDeps, "predictor" | "registry" | "scheduler">;

/** Whether prediction is impossible because no model was ever trained, and not because one is being loaded. */
export async function hasNoModelYet({
  predictor,
  registry,
}: Pick<ModelDeps, "predictor" | "registry">): Promise<boolean> {
  return predictor.current() === null && (await registry.champion()) === null;
}

/** @throws {ConflictError} when there is no model yet, with what it takes to get one. */
export async function requireModel(deps: ModelDeps): Promise<void> {
  if (!(await hasNoModelYet(deps))) return;
  const first = (await deps.scheduler.status()).firstModel;
  const needs =
    first === null
      ? "Promote one"
      : first.isEnough
        ? "There are enough labelled drawings; it is trained next"
        : `It is trained once there are ${first.perClass} labelled drawings of each class, ${first.total} in total; there are ${first.n} now. Label with POST /api/v1/samples`;
  throw new ConflictError(`There is no model yet. ${needs}`);
}
