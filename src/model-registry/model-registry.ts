import type { Deployment } from "../domain/deployment.ts";
import type { GateRecord } from "../domain/gate.ts";
import type { Metrics } from "../domain/metrics.ts";
import type { Model } from "../domain/model.ts";

/** Model versions, the alias `champion` and the history of deployments. */
export interface ModelRegistry {
  list(): Promise<(Model & { aliases: string[] })[]>;
  get(version: number): Promise<(Model & { aliases: string[] }) | null>;
  /** Null when there is none. */
  champion(): Promise<Model | null>;
  /** Adds a version, as a candidate, or as rejected when it failed the gate. */
  register(candidate: {
    key: string;
    sha256: string;
    runId: string | null;
    parentVersion: number | null;
    metrics: Metrics;
    gate: GateRecord | null;
  }): Promise<Model>;
  /**
   * Loads and checks the version, and only then moves the alias.
   * @throws NotFoundError when there is no such version; ConflictError when `expectedPrevious` is not the champion,
   *   or the version may not be promoted without `isForced`; ModelLoadError from the check: the alias then does not
   *   move, and the version is marked broken.
   */
  promote(
    version: number,
    by: { by: string; reason: string; expectedPrevious?: number; isForced?: boolean },
  ): Promise<Deployment>;
  /** Restores the previous champion. @throws ConflictError when no earlier version works. */
  rollback(by: { by: string; reason: string }): Promise<Deployment>;
  /** Newest first. */
  deployments(): Promise<Deployment[]>;
}
