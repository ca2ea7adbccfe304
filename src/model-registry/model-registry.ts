import type { Deployment } from "../domain/deployment.ts";
import type { GateRecord } from "../domain/gate.ts";
import type { Metrics } from "../domain/metrics.ts";
import type { Model } from "../domain/model.ts";

export interface ModelRegistry {
  list(): Promise<(Model & { aliases: string[] })[]>;
  get(version: number): Promise<(Model & { aliases: string[] }) | null>;
  champion(): Promise<Model | null>;
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
   * @throws NotFoundError, ConflictError (not the expected champion, gate not passed unless `isForced`),
   *   ModelLoadError from the check: the alias then stays, and the version is marked broken.
   */
  promote(
    version: number,
    by: { by: string; reason: string; expectedPrevious?: number; isForced?: boolean },
  ): Promise<Deployment>;
  /** Back to the version that was champion before. @throws ConflictError when there is none. */
  rollback(by: { by: string; reason: string }): Promise<Deployment>;
  deployments(): Promise<Deployment[]>;
}
