import { type Actor, LOCAL } from "../../src/domain/actor.ts";
import type { Deployment } from "../../src/domain/deployment.ts";
import { verdictOf } from "../../src/domain/gate.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import type { Model } from "../../src/domain/model.ts";
import { ConflictError, NotFoundError } from "../../src/lib/errors.ts";
import { saying } from "../../src/lib/saying.ts";
import type { ModelRegistry, Move } from "../../src/model-registry/model-registry.ts";

const CREATED_AT = "2026-01-02T03:04:05.000Z";

/** Versions 1 (champion), 2 (passed the gate) and 3 (did not), in memory. */
export class FakeRegistry implements ModelRegistry {
  championVersion = 1;
  readonly history: Deployment[] = [];
  readonly #models = [model(1, null), model(2, true), model(3, false)];

  async list() {
    return this.#models.map((entry) => this.#withAliases(entry)).reverse();
  }

  async page({ limit, before = Number.POSITIVE_INFINITY }: { limit: number; before?: number }) {
    return (await this.list()).filter(({ version }) => version < before).slice(0, limit);
  }

  async get(version: number) {
    const entry = this.#models.find((candidate) => candidate.version === version);
    return entry === undefined ? null : this.#withAliases(entry);
  }

  async champion() {
    return this.get(this.championVersion);
  }

  async register(): Promise<Model> {
    throw new ConflictError("The fake registry accepts no new models");
  }

  async promote(version: number, by: Move & { expectedPrevious?: number; isForced?: boolean }) {
    const entry = await this.get(version);
    if (entry === null) throw new NotFoundError(`There is no model version ${version}`);
    if (by.expectedPrevious !== undefined && by.expectedPrevious !== this.championVersion) {
      throw new ConflictError(
        `The champion is version ${this.championVersion}, not ${by.expectedPrevious} as expected`,
      );
    }
    if (entry.gate?.passed === false && by.isForced !== true) {
      throw new ConflictError(`Version ${version} failed the gate`);
    }
    return this.#move(version, "promote", by, entry.gate?.passed === false);
  }

  async rollback(by: Move) {
    const previous = await this.rollbackTarget();
    if (previous === null)
      throw new ConflictError("There is no previous champion", { says: saying("noEarlierChampion") });
    return this.#move(previous, "rollback", by);
  }

  async rollbackTarget() {
    return this.history.at(-1)?.previousVersion ?? null;
  }

  async deployments() {
    return [...this.history].reverse();
  }

  async deploymentLog() {
    return this.history
      .map((deployment, i) => ({ ...deployment, until: this.history[i + 1]?.createdAt ?? null }))
      .reverse();
  }

  async aliases() {
    return { champion: this.championVersion };
  }

  async setAlias() {
    throw new ConflictError("The fake registry has no aliases");
  }

  async removeAlias() {
    return null;
  }

  async annotate(): Promise<never> {
    throw new ConflictError("The fake registry has no tags");
  }

  async changes() {
    return [];
  }

  #move(
    version: number,
    action: Deployment["action"],
    { by, reason, actor = LOCAL }: { by: string; reason: string; actor?: Actor },
    isForced = false,
  ) {
    const deployment: Deployment = {
      id: this.history.length + 1,
      alias: "champion",
      version,
      previousVersion: this.championVersion,
      action,
      by,
      actor,
      isForced,
      verdict: this.#verdictOn(version),
      reason,
      createdAt: CREATED_AT,
    };
    this.championVersion = version;
    this.history.push(deployment);
    return deployment;
  }

  #verdictOn(version: number) {
    const gate = this.#models.find((entry) => entry.version === version)?.gate ?? null;
    return gate === null ? null : verdictOf(gate);
  }

  #withAliases(entry: Model) {
    return { ...entry, aliases: entry.version === this.championVersion ? ["champion"] : [] };
  }
}

function model(version: number, passed: boolean | null): Model {
  const detail = "mnist_test accuracy 0.991, at least 0.98 expected";
  return {
    name: "digits",
    version,
    key: `06_models/digits/${version}`,
    sha256: "ab".repeat(32),
    runId: null,
    parentVersion: version === 1 ? null : version - 1,
    metrics: decodeMetrics({ mnist_test: { n: 10_000, accuracy: 0.991, loss: 0.03 } }),
    gate: passed === null ? null : { passed, checks: [{ name: "threshold", passed, detail }] },
    state: passed === false ? "rejected" : "ready",
    createdAt: CREATED_AT,
    isForced: false,
    note: null,
    tags: {},
  };
}
