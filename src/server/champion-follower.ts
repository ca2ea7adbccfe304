import { SCHEDULE } from "../domain/actor.ts";
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

/** The registry and the predictor that the follower keeps in step. */
export interface FollowerDeps {
  registry: StoredModelRegistry;
  predictor: Predictor;
  readModel: ReadModel;
  store: Store;
  clock: Clock;
  /** Receives every model that goes live, and every one that cannot be loaded. */
  log: Log;
}

/** Makes the champion live whenever the alias moves. */
export interface ChampionFollower {
  /** The registry for the API and the pages: when a promotion resolves, the new model is already live. */
  registry: ModelRegistry;
  /** Makes the champion live, or the nearest earlier version that can be loaded. @throws when there is none. */
  start(): Promise<void>;
  /** Makes the champion live after any process has moved it. If it is broken, the previous model stays live. */
  follow(): Promise<void>;
}

/** Number of deployments in which the one of a new champion is looked for. */
const RECENT = 20;

/** The words of the log for a model that the alias has moved to. */
const LIVE_BY = {
  promote: "promoted: it is live",
  rollback: "live again: rolled back",
  fallback: "live again: the model after it does not work",
} as const satisfies Record<Deployment["action"], string>;

/** The words for a promotion that was forced. */
const FORCED = "promoted by force, without having passed the gate: it is live";

/** Keeps the live model and the alias `champion` in step. No model is live before `start`. */
export function createChampionFollower(deps: FollowerDeps): ChampionFollower {
  const { registry, predictor, store, clock, log } = deps;
  let isStarted = false;
  /** Swaps run in sequence: two at once could end in the wrong order. */
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
    const deployment = (await registry.deployments(RECENT)).find((one) => one.version === version);
    const what =
      deployment === undefined ? "live" : deployment.isForced ? FORCED : LIVE_BY[deployment.action];
    const fields = { model_version: version, previous_version: previous ?? null, reason: deployment?.reason };
    log.info(`model ${version} is ${what}`, fields);
  }

  /** Falls back to a version that works, which is usually the live one. */
  async function takeBack(model: Model, error: unknown): Promise<void> {
    const reason = `version ${model.version} could not be loaded: ${messageOf(error)}`;
    const { version } = await registry.fallBack({ by: "serve", actor: SCHEDULE, reason });
    log.warning(`Model ${reason}. Fell back to model ${version}`, {
      model_version: version,
      previous_version: model.version,
      error,
    });
    const previous = await registry.champion();
    if (previous !== null && previous.version !== predictor.current()?.version) await load(previous);
  }

  /** Stores that a run's model is live. Only a model from a run has a page that waits for it. */
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
      page: (query) => registry.page(query),
      get: (version) => registry.get(version),
      champion: () => registry.champion(),
      register: (candidate) => registry.register(candidate),
      async promote(version, move) {
        const deployment = await registry.promote(version, move);
        await follow();
        return deployment;
      },
      async rollback(move) {
        const deployment = await registry.rollback(move);
        await follow();
        return deployment;
      },
      rollbackTarget: () => registry.rollbackTarget(),
      deployments: (limit) => registry.deployments(limit),
      deploymentLog: (query) => registry.deploymentLog(query),
      aliases: () => registry.aliases(),
      setAlias: (alias, version, by) => registry.setAlias(alias, version, by),
      removeAlias: (alias, by) => registry.removeAlias(alias, by),
      annotate: (version, change, by) => registry.annotate(version, change, by),
      changes: (query) => registry.changes(query),
    },
  };
}
