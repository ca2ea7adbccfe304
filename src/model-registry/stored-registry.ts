import type { Deployment } from "../domain/deployment.ts";
import { CHAMPION } from "../domain/deployment.ts";
import { verdictOf } from "../domain/gate.ts";
import type { Metrics } from "../domain/metrics.ts";
import type { Model } from "../domain/model.ts";
import type { ModelStore } from "../domain/store.ts";
import { ConflictError, messageOf, NotFoundError, saysOf, UnavailableError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { versionsToRollBackTo } from "./history.ts";
import type { ModelRegistry } from "./model-registry.ts";

/** The registry's access to the store and to models. */
export interface RegistryDeps {
  store: { models: ModelStore };
  /** Loads the version's files and checks them on fixed digits. @throws when it must not go live. */
  check(version: Model): Promise<void>;
  /** The name under which models are registered: "digits". */
  name: string;
}

type By = { by: string; reason: string };

/** The registry in the store. It has no other state, so several processes may each have an instance. */
export class StoredModelRegistry implements ModelRegistry {
  readonly #models: ModelStore;
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
    this.#models = deps.store.models;
  }

  async list(): Promise<(Model & { aliases: string[] })[]> {
    const aliases = await this.#models.aliases();
    return (await this.#models.list()).map((model) => withAliases(model, aliases));
  }

  async get(version: number): Promise<(Model & { aliases: string[] }) | null> {
    const model = await this.#models.get(version);
    return model === null ? null : withAliases(model, await this.#models.aliases());
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
    {
      by,
      reason,
      expectedPrevious,
      isForced = false,
    }: By & { expectedPrevious?: number; isForced?: boolean },
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
    if (!isForced) assertAllowed(model);
    await this.#checkOrRefuse(model);
    return this.#moveTo(version, { action: "promote", by, reason, expectedPrevious: previous });
  }

  async rollback({ by, reason }: By): Promise<Deployment> {
    return this.#goBack("rollback", { by, reason });
  }

  /**
   * For a champion that cannot be loaded: marks it broken and restores the nearest earlier version that works.
   * @throws ConflictError when there is none.
   */
  async fallBack({ by, reason }: By): Promise<Deployment> {
    const version = await this.#championVersion();
    if (version !== null) await this.#models.update(version, { state: "broken" });
    return this.#goBack("fallback", { by, reason });
  }

  /**
   * Ensures that the model built into the executable is registered (version 1 in a new store). It becomes the champion
   * when there is none, or when the champion is the built-in model of another release, which is no longer available.
   */
  async ensureBase(base: { key: string; sha256: string; metrics: Metrics }): Promise<Model> {
    const champion = await this.champion();
    const known = (await this.#models.list()).find(
      ({ key, sha256 }) => key === base.key && sha256 === base.sha256,
    );
    const defaults = {
      name: this.#deps.name,
      runId: null,
      parentVersion: null,
      gate: null,
      state: "ready",
    } as const;
    const model = known ?? (await this.#models.create({ ...base, ...defaults }));
    const isOutdated = champion?.key === base.key && champion.version !== model.version;
    if (champion === null || isOutdated) {
      const reason = isOutdated ? "built-in model of this release" : "first start";
      await this.#moveTo(model.version, {
        action: "promote",
        by: "start",
        reason,
        expectedPrevious: champion?.version ?? null,
      });
    }
    return model;
  }

  async deployments(): Promise<Deployment[]> {
    return this.#models.deployments({ alias: CHAMPION });
  }

  async #championVersion(): Promise<number | null> {
    return (await this.#models.aliases())[CHAMPION] ?? null;
  }

  async #goBack(action: "rollback" | "fallback", by: By): Promise<Deployment> {
    const previous = await this.#championVersion();
    for (const version of versionsToRollBackTo(await this.deployments())) {
      const model = await this.#models.get(version);
      if (model === null || model.state === "broken" || version === previous) continue;
      if (!(await this.#isLoadable(model))) continue;
      return this.#moveTo(version, { ...by, action, expectedPrevious: previous });
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
    version: number,
    move: By & { action: Deployment["action"]; expectedPrevious: number | null },
  ): Promise<Deployment> {
    const deployment = await this.#models.moveAlias({ alias: CHAMPION, version, ...move });
    await this.#models.update(version, { state: "ready" });
    return deployment;
  }
}

/** @throws ConflictError unless the version has passed the gate, or was live before. */
function assertAllowed({ version, state, gate }: Model): void {
  if (state === "broken") {
    throw new ConflictError(
      `Cannot promote version ${version}: it could not be loaded. Use force to try again`,
      { says: saying("brokenVersion", { version }) },
    );
  }
  if (state === "ready" || gate?.passed === true) return;
  const failed = gate?.checks.filter(({ passed }) => !passed).map(({ detail }) => detail) ?? [];
  const why = gate === null ? "the gate has not evaluated it" : `it failed the gate: ${failed.join("; ")}`;
  throw new ConflictError(`Cannot promote version ${version}: ${why}. Use force to promote it anyway`, {
    says:
      gate === null
        ? saying("notEvaluated", { version })
        : saying("failedGate", { version, reasons: failed.join("; ") }),
  });
}

function withAliases(model: Model, aliases: Record<string, number>): Model & { aliases: string[] } {
  const names = Object.entries(aliases).filter(([, version]) => version === model.version);
  return { ...model, aliases: names.map(([alias]) => alias) };
}

/** Creates the registry of a store. */
export function createModelRegistry(deps: RegistryDeps): StoredModelRegistry {
  return new StoredModelRegistry(deps);
}
