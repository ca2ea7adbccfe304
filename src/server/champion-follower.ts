import type { Deployment } from "../domain/deployment.ts";
import type { Model } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import type { ModelRegistry } from "../model-registry/model-registry.ts";
import type { StoredModelRegistry } from "../model-registry/stored-registry.ts";
import { MODEL_NAME, type ReadModel } from "../project/model-sources.ts";
import type { Predictor } from "../serving/predictor.ts";

export interface FollowerDeps {
  registry: StoredModelRegistry;
  predictor: Predictor;
  readModel: ReadModel;
  store: Store;
  clock: Clock;
  /** Receives every model that goes live, and every one that cannot be loaded. */
  log: Log;
}

export interface ChampionFollower {
  /** The registry for the API and the pages: when a promotion resolves, the new model answers already. */
  registry: ModelRegistry;
  /** Serves the champion; when it cannot be loaded, the nearest version before it that can. @throws when there is none. */
  start(): Promise<void>;
  /** Serves the champion when it has moved, whoever moved it. A broken one is taken back, what served goes on. */
  follow(): Promise<void>;
}

/** What the log says of a model that the alias has moved to. */
const LIVE_BY = {
  promote: "promoted: it is live",
  rollback: "live again: rolled back",
  fallback: "live again: the model after it does not work",
} as const satisfies Record<Deployment["action"], string>;

/** Keeps what serves and the alias `champion` together. Nothing is served before `start`. */
export function createChampionFollower(deps: FollowerDeps): ChampionFollower {
  const { registry, predictor, store, clock, log } = deps;
  let isStarted = false;
  /** One after another: two swaps at once could end in the wrong order. */
  let last: Promise<void> = Promise.resolve();

  async function load(model: Model): Promise<void> {
    await predictor.swap({ name: MODEL_NAME, version: model.version }, await deps.readModel(model));
  }

  async function followOnce(): Promise<void> {
    const model = await registry.champion();
    const previous = predictor.current()?.version;
    if (model === null || model.version === previous) return;
    try {
      await load(model);
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      await takeBack(model, error);
      return;
    }
    if (isStarted) await logLive(model, previous);
    await tellPromoted(model);
  }

  async function logLive({ version }: Model, previous: number | undefined): Promise<void> {
    const deployment = (await registry.deployments()).find((one) => one.version === version);
    const what = deployment === undefined ? "live" : LIVE_BY[deployment.action];
    const fields = { model_version: version, previous_version: previous ?? null, reason: deployment?.reason };
    log.info(`model ${version} is ${what}`, fields);
  }

  /** The alias goes back to a version that works; that is mostly the one that serves. */
  async function takeBack(model: Model, error: unknown): Promise<void> {
    const reason = `version ${model.version} could not be loaded: ${messageOf(error)}`;
    const { version } = await registry.fallBack({ by: "serve", reason });
    log.warning(`Model ${reason}. Model ${version} is the champion again`, {
      model_version: version,
      previous_version: model.version,
      error,
    });
    const previous = await registry.champion();
    if (previous !== null && previous.version !== predictor.current()?.version) await load(previous);
  }

  /** Only a model that a run made has somebody who waits for the news. */
  async function tellPromoted(model: Model): Promise<void> {
    if (model.runId === null || !isStarted || (await store.runs.get(model.runId)) === null) return;
    await store.runs.appendEvent({
      runId: model.runId,
      at: clock.now().toISOString(),
      type: "promoted",
      version: model.version,
    });
  }

  function follow(): Promise<void> {
    if (!isStarted) return Promise.resolve();
    last = last.catch(() => {}).then(followOnce);
    return last;
  }

  return {
    follow,
    async start() {
      await followOnce();
      isStarted = true;
    },
    registry: {
      list: () => registry.list(),
      get: (version) => registry.get(version),
      champion: () => registry.champion(),
      register: (candidate) => registry.register(candidate),
      deployments: () => registry.deployments(),
      async promote(version, by) {
        const deployment = await registry.promote(version, by);
        await follow();
        return deployment;
      },
      async rollback(by) {
        const deployment = await registry.rollback(by);
        await follow();
        return deployment;
      },
    },
  };
}
