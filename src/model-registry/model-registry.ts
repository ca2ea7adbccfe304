import type { Actor } from "../domain/actor.ts";
import type { Deployment, DeploymentPeriod, DeploymentQuery } from "../domain/deployment.ts";
import type { GateRecord } from "../domain/gate.ts";
import type { Metrics } from "../domain/metrics.ts";
import type { Model, NamedModel } from "../domain/model.ts";
import type { ModelChange } from "../domain/model-change.ts";
import type { ModelStore } from "../domain/store.ts";

/** Who moves an alias, in which way and why. */
export interface Move {
  /** The way, such as "api"; see `Deployment.by`. */
  by: string;
  actor: Actor;
  reason: string;
}

/** A model that is to be registered. */
interface RegistryEntry {
  key: string;
  sha256: string;
  runId: string | null;
  parentVersion: number | null;
  metrics: Metrics;
  gate: GateRecord | null;
}

/** Model versions, their aliases, tags and notes, and the history of deployments. */
export interface ModelRegistry {
  /** All versions, newest first. */
  list(): Promise<NamedModel[]>;
  /** One page of versions, newest first. @param query.before returns versions below this one. */
  page(query: { limit: number; before?: number }): Promise<NamedModel[]>;
  get(version: number): Promise<NamedModel | null>;
  /** Null when there is none. */
  champion(): Promise<Model | null>;
  /** Adds a version, as a candidate, or as rejected when it failed the gate. */
  register(candidate: RegistryEntry): Promise<Model>;
  /**
   * Loads and checks the version, and only then moves the alias.
   * @throws NotFoundError when there is no such version; ConflictError when `expectedPrevious` is not the champion,
   *   the champion has moved in the meantime, the version's files were removed or are damaged (it is then marked
   *   broken), or the version may not be promoted without `isForced`.
   */
  promote(
    version: number,
    move: Move & { expectedPrevious?: number; isForced?: boolean },
  ): Promise<Deployment>;
  /**
   * Restores the previous champion.
   * @param move.expectedVersion the version that should answer afterwards.
   * @throws ConflictError when no earlier version works, or another than the expected one would answer.
   */
  rollback(move: Move & { expectedVersion?: number }): Promise<Deployment>;
  /** The version that a roll back makes live: the nearest earlier champion with files; null when there is none. */
  rollbackTarget(): Promise<number | null>;
  /** Newest first. @param limit all by default. */
  deployments(limit?: number): Promise<Deployment[]>;
  /** One page of the deployment log of the champion, each with its end. */
  deploymentLog(query: Omit<DeploymentQuery, "alias">): Promise<DeploymentPeriod[]>;
  /** The version of each alias. */
  aliases(): Promise<Record<string, number>>;
  /**
   * Points an alias other than `champion` and `base` to a version.
   * @throws NotFoundError when there is no such version; ConflictError when its files were removed, or there are too
   *   many aliases; InputError for `champion` and `base`.
   */
  setAlias(alias: string, version: number, by: { actor: Actor }): Promise<void>;
  /** @returns the version; null when there was no such alias. @throws InputError for `champion` and `base`. */
  removeAlias(alias: string, by: { actor: Actor }): Promise<number | null>;
  /**
   * Changes note and tags. A null removes.
   * @throws NotFoundError when there is no such version; InputError for a tag or note that is too long, or too many.
   */
  annotate(
    version: number,
    change: Parameters<ModelStore["annotate"]>[1],
    by: { actor: Actor },
  ): Promise<NamedModel>;
  /** The changes to one version or to all, newest first. @param query.before returns changes before this id. */
  changes(query: { version?: number; limit: number; before?: number }): Promise<ModelChange[]>;
}
