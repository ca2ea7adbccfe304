import type { Model } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
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
  /** Prints a problem for whoever runs the server. */
  report(problem: unknown): void;
}

export interface ChampionFollower {
  /** The registry for the API and the pages: when a promotion resolves, the new model answers already. */
  registry: ModelRegistry;
  /** Serves the champion; when it cannot be loaded, the nearest version before it that can. @throws when there is none. */
  start(): Promise<void>;
  /** Serves the champion when it has moved, whoever moved it. A broken one is taken back, what served goes on. */
  follow(): Promise<void>;
}

/** Keeps what serves and the alias `champion` together. Nothing is served before `start`. */
export function createChampionFollower(deps: FollowerDeps): ChampionFollower {
  const { registry, predictor, store, clock, report } = deps;
  let isStarted = false;
  /** One after another: two swaps at once could end in the wrong order. */
  let last: Promise<void> = Promise.resolve();

  async function load(model: Model): Promise<void> {
    await predictor.swap({ name: MODEL_NAME, version: model.version }, await deps.readModel(model));
  }

  async function followOnce(): Promise<void> {
    const model = await registry.champion();
    if (model === null || model.version === predictor.current()?.version) return;
    try {
      await load(model);
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      await takeBack(model, error);
      return;
    }
    await tellPromoted(model);
  }

  /** The alias goes back to a version that works; that is mostly the one that serves. */
  async function takeBack(model: Model, error: unknown): Promise<void> {
    const reason = `version ${model.version} could not be loaded: ${messageOf(error)}`;
    const { version } = await registry.fallBack({ by: "serve", reason });
    report(`Model ${reason}. Model ${version} is the champion again`);
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
