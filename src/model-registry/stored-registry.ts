import { type Actor, SCHEDULE } from "../domain/actor.ts";
import { BASE } from "../domain/aliases.ts";
import {
  CHAMPION,
  type Deployment,
  type DeploymentPeriod,
  type DeploymentQuery,
  ROLLBACK_LOG,
} from "../domain/deployment.ts";
import { verdictOf } from "../domain/gate.ts";
import type { Metrics } from "../domain/metrics.ts";
import { BUILTIN_MODEL_KEY, type Model, type ModelFileRecord, type NamedModel } from "../domain/model.ts";
import type { ModelChange } from "../domain/model-change.ts";
import type { ModelStore } from "../domain/store.ts";
import {
  ConflictError,
  InputError,
  messageOf,
  NotFoundError,
  saysOf,
  UnavailableError,
} from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { ANNOTATION_LIMITS, checkAnnotation } from "./annotations.ts";
import { versionsToRollBackTo } from "./history.ts";
import type { ModelRegistry, Move } from "./model-registry.ts";
import { assertAllowed } from "./promotion-rules.ts";

/** The registry's access to the store and to models. */
export interface RegistryDeps {
  store: { models: ModelStore };
  /** Loads the version's files and checks them on fixed digits. @throws when it must not go live. */
  check(version: Model): Promise<void>;
  /** Whether the files of a key exist, without reading them; by default it is assumed. */
  hasFiles?: ((key: string) => Promise<boolean>) | undefined;
  /** The name under which models are registered: "digits". */
  name: string;
}

/** The registry in the store. It has no other state, so several processes may each have an instance. */
export class StoredModelRegistry implements ModelRegistry {
  readonly #models: ModelStore;
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
    this.#models = deps.store.models;
  }

  async list(): Promise<NamedModel[]> {
    return this.#named(await this.#models.list());
  }

  async page(query: { limit: number; before?: number }): Promise<NamedModel[]> {
    return this.#named(await this.#models.page(query));
  }

  async get(version: number): Promise<NamedModel | null> {
    const model = await this.#models.get(version);
    return model === null ? null : (await this.#named([model]))[0]!;
  }

  async champion(): Promise<Model | null> {
    const version = await this.#championVersion();
    return version === null ? null : this.#models.get(version);
  }

  async register(candidate: Parameters<ModelRegistry["register"]>[0]): Promise<Model> {
    // What is held may still go live, once its evidence is there.
    const isRejected = candidate.gate !== null && verdictOf(candidate.gate) === "rejected";
    const state = isRejected ? "rejected" : "candidate";
    return this.#models.create({ ...candidate, name: this.#deps.name, state });
  }

  async promote(
    version: number,
    { expectedPrevious, isForced = false, ...move }: Parameters<ModelRegistry["promote"]>[1],
  ): Promise<Deployment> {
    const model = await this.#models.get(version);
    if (model === null) {
      const says = saying("noVersion", { version });
      throw new NotFoundError(`There is no model version ${version}`, { says });
    }
    const previous = await this.#championVersion();
    if (expectedPrevious !== undefined && expectedPrevious !== previous) {
      const [now, says] =
        previous === null
          ? ["there is now no champion", saying("championGone", { version, expected: expectedPrevious })]
          : [
              `the champion is now version ${previous}`,
              saying("championMoved", { version, expected: expectedPrevious, champion: previous }),
            ];
      throw new ConflictError(
        `Cannot promote version ${version}: it was compared with version ${expectedPrevious}, but ${now}. Evaluate it again`,
        { says },
      );
    }
    if (previous === version) {
      const says = saying("alreadyChampion", { version });
      throw new ConflictError(`Version ${version} is already the champion`, { says });
    }
    const isAllowed = assertAllowed(model, isForced);
    await this.#checkOrRefuse(model);
    return this.#moveTo(model, {
      ...move,
      action: "promote",
      // A version that went live by force stays marked when it is promoted again: the gate has still not passed it.
      isForced: !isAllowed || (model.isForced && model.gate?.passed !== true),
      expectedPrevious: previous,
    });
  }

  async rollback({ expectedVersion, ...move }: Parameters<ModelRegistry["rollback"]>[0]) {
    return this.#goBack("rollback", move, expectedVersion);
  }

  async rollbackTarget(): Promise<number | null> {
    for await (const { version } of this.#earlierChampions()) return version;
    return null;
  }

  /**
   * For a champion that cannot be loaded: marks it broken and restores the nearest earlier version that works.
   * @throws ConflictError when there is none.
   */
  async fallBack(move: Move): Promise<Deployment> {
    const version = await this.#championVersion();
    if (version !== null) await this.#models.update(version, { state: "broken" });
    return this.#goBack("fallback", move);
  }

  /**
   * Ensures that the model built into the executable is registered (version 1 in a new store) and has the alias `base`.
   * It becomes the champion when there is none, or when the champion is the built-in model of another release, which is
   * no longer available.
   */
  async ensureBase(base: { key: string; sha256: string; metrics: Metrics }): Promise<Model> {
    const champion = await this.champion();
    const model = (await this.#baseModel(base)) ?? (await this.#registerBase(base));
    if ((await this.#models.aliases())[BASE] !== model.version) {
      await this.#models.setAlias(BASE, model.version, SCHEDULE);
    }
    const isOutdated = champion?.key === base.key && champion.version !== model.version;
    if (champion === null || isOutdated) {
      const reason = isOutdated ? "built-in model of this release" : "first start";
      await this.#moveTo(model, {
        action: "promote",
        by: "start",
        actor: SCHEDULE,
        reason,
        isForced: false,
        expectedPrevious: champion?.version ?? null,
      });
    }
    return model;
  }

  async deployments(limit?: number): Promise<Deployment[]> {
    return this.#models.deployments({ alias: CHAMPION, ...(limit === undefined ? {} : { limit }) });
  }

  deploymentLog(query: Omit<DeploymentQuery, "alias">): Promise<DeploymentPeriod[]> {
    return this.#models.deploymentLog({ ...query, alias: CHAMPION });
  }

  aliases(): Promise<Record<string, number>> {
    return this.#models.aliases();
  }

  async setAlias(alias: string, version: number, { actor }: { actor: Actor }): Promise<void> {
    refuseFixed(alias);
    const aliases = await this.#models.aliases();
    const max = ANNOTATION_LIMITS.aliases;
    if (!Object.hasOwn(aliases, alias) && Object.keys(aliases).length >= max) {
      throw new ConflictError(`There are already ${max} aliases. Remove one first`, {
        says: saying("tooManyAliases", { max }),
      });
    }
    await this.#models.setAlias(alias, version, actor);
  }

  async removeAlias(alias: string, { actor }: { actor: Actor }): Promise<number | null> {
    refuseFixed(alias);
    return this.#models.removeAlias(alias, actor);
  }

  async annotate(
    version: number,
    change: Parameters<ModelStore["annotate"]>[1],
    { actor }: { actor: Actor },
  ): Promise<NamedModel> {
    checkAnnotation(change);
    const model = await this.#models.get(version);
    const max = ANNOTATION_LIMITS.tags;
    const set = Object.entries(change.tags ?? {}).filter(([, value]) => value !== null);
    if (new Set([...Object.keys(model?.tags ?? {}), ...set.map(([key]) => key)]).size > max) {
      throw new InputError(`A version has at most ${max} tags`, { says: saying("tooManyTags", { max }) });
    }
    return (await this.#named([await this.#models.annotate(version, change, actor)]))[0]!;
  }

  changes(query: { version?: number; limit: number; before?: number }): Promise<ModelChange[]> {
    return this.#models.changes(query);
  }

  async #named(models: readonly Model[]): Promise<NamedModel[]> {
    const aliases = Object.entries(await this.#models.aliases());
    return models.map((model) => ({
      ...model,
      aliases: aliases.filter(([, version]) => version === model.version).map(([alias]) => alias),
    }));
  }

  async #baseModel({ key, sha256 }: { key: string; sha256: string }): Promise<Model | null> {
    const found = (await this.#models.files()).find((one) => one.key === key && one.sha256 === sha256);
    return found === undefined ? null : this.#models.get(found.version);
  }

  #registerBase(base: { key: string; sha256: string; metrics: Metrics }): Promise<Model> {
    const defaults = { runId: null, parentVersion: null, gate: null, state: "ready" } as const;
    return this.#models.create({ ...base, ...defaults, name: this.#deps.name });
  }

  async #championVersion(): Promise<number | null> {
    return (await this.#models.aliases())[CHAMPION] ?? null;
  }

  /** Earlier champions that have files, the nearest first. Whether they can be loaded is not known. */
  async *#earlierChampions(): AsyncIterable<ModelFileRecord> {
    const current = await this.#championVersion();
    const records = new Map((await this.#models.files()).map((record) => [record.version, record]));
    for (const version of versionsToRollBackTo(await this.deployments(ROLLBACK_LOG))) {
      const record = records.get(version);
      if (record === undefined || record.state === "broken" || record.state === "deleted") continue;
      if (version !== current && (await this.#hasFiles(record))) yield record;
    }
  }

  async #hasFiles({ key }: ModelFileRecord): Promise<boolean> {
    return key === BUILTIN_MODEL_KEY || ((await this.#deps.hasFiles?.(key)) ?? true);
  }

  async #goBack(action: "rollback" | "fallback", move: Move, expectedVersion?: number): Promise<Deployment> {
    const previous = await this.#championVersion();
    for await (const { version } of this.#earlierChampions()) {
      const model = await this.#models.get(version);
      if (model === null || !(await this.#isLoadable(model))) continue;
      if (expectedVersion !== undefined && model.version !== expectedVersion) {
        throw new ConflictError(
          `Cannot roll back to version ${expectedVersion}: version ${model.version} would answer now. Check it and try again`,
          { says: saying("rollbackMoved", { expected: expectedVersion, version: model.version }) },
        );
      }
      return this.#moveTo(model, { ...move, action, isForced: false, expectedPrevious: previous });
    }
    throw new ConflictError(
      "Cannot roll back: there is no earlier champion that works. Promote a version instead",
      { says: saying("noEarlierChampion") },
    );
  }

  /** @throws ConflictError when the version cannot be loaded: it is the version, not the request or the machine. */
  async #checkOrRefuse(model: Model): Promise<void> {
    try {
      await this.#checkOrBreak(model);
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      const { version } = model;
      const reason = messageOf(error);
      throw new ConflictError(`Cannot promote version ${version}: it could not be loaded: ${reason}`, {
        cause: error,
        says: saying("damagedVersion", { version, reason: saysOf(error) ?? reason }),
      });
    }
  }

  async #isLoadable(model: Model): Promise<boolean> {
    try {
      await this.#checkOrBreak(model);
      return true;
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      return false;
    }
  }

  /** Marks a model that cannot be loaded as broken, but not when the machine is the cause (UnavailableError). */
  async #checkOrBreak(model: Model): Promise<void> {
    try {
      await this.#deps.check(model);
    } catch (error) {
      if (!(error instanceof UnavailableError)) await this.#models.update(model.version, { state: "broken" });
      throw error;
    }
  }

  async #moveTo(
    { version, gate }: Model,
    move: Move & Pick<Deployment, "action" | "isForced"> & { expectedPrevious: number | null },
  ): Promise<Deployment> {
    const verdict = gate === null ? null : verdictOf(gate);
    const deployment = await this.#models.moveAlias({ alias: CHAMPION, version, verdict, ...move });
    await this.#models.update(version, { state: "ready" });
    return deployment;
  }
}

/** @throws InputError for an alias that has rules of its own. */
function refuseFixed(alias: string): void {
  if (alias !== CHAMPION && alias !== BASE) return;
  throw new InputError(`The alias "${alias}" is reserved. Choose another name`, {
    says: saying("reservedAlias", { alias }),
  });
}

/** Creates the registry of a store. */
export function createModelRegistry(deps: RegistryDeps): StoredModelRegistry {
  return new StoredModelRegistry(deps);
}
