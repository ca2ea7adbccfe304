import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { shortened } from "../../../lib/shortened.ts";
import type { AppDeps } from "../../deps.ts";

/** The model that is loaded. */
export interface LiveModel {
  name: string;
  version: number;
  classes: readonly string[];
}

/** The name under which the models of every project are served. */
const MODEL_NAME = "digits";

/**
 * Returns the live model if it is the requested one.
 *
 * @param version null for any.
 * @throws {NotFoundError} for another name, a version that does not exist, or when there is no model.
 * @throws {ConflictError} for a version that is not loaded: only the live one is.
 */
export async function requireLive(
  { predictor, registry }: Pick<AppDeps, "predictor" | "registry">,
  name: string,
  version: string | null,
): Promise<LiveModel> {
  if (name !== MODEL_NAME)
    throw new NotFoundError(`There is no model "${shortened(name, 40)}". The model is "${MODEL_NAME}"`);
  const live = predictor.current();
  if (version !== null && String(live?.version) !== version) {
    const isNumber = /^[1-9]\d{0,8}$/.test(version);
    if (!isNumber || (await registry.get(Number(version))) === null)
      throw new NotFoundError(`There is no version "${shortened(version, 20)}" of ${MODEL_NAME}`);
    throw notLoaded(version, live);
  }
  if (live === null) throw new NotFoundError("There is no model yet, or it is still being loaded");
  return live;
}

/** Requires that the model is of the requested version, undefined for any. @throws {ConflictError} when it is another one. */
export function requireVersion(model: LiveModel, version: string | undefined): void {
  if (version !== undefined && String(model.version) !== version) throw notLoaded(version, model);
}

function notLoaded(version: string, live: LiveModel | null): ConflictError {
  const which = live === null ? "none is live yet" : `version ${live.version} is live`;
  return new ConflictError(
    `Version ${version} of ${MODEL_NAME} is not loaded: ${which}. Promote it to serve it`,
  );
}
