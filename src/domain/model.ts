import type { GateRecord } from "./gate.ts";
import type { Metrics } from "./metrics.ts";

/**
 * `candidate`: not yet promoted; `rejected`: failed the gate; `ready`: was promoted; `broken`: cannot be loaded;
 * `deleted`: its files were removed, and only its record is left.
 */
export const MODEL_STATES = ["candidate", "rejected", "ready", "broken", "deleted"] as const;
/** The state of a model version. */
export type ModelState = (typeof MODEL_STATES)[number];

/** The key of the model that is built into the executable, which has no files. */
export const BUILTIN_MODEL_KEY = "builtin:base";

/** A model version that is not yet registered. */
export interface NewModel {
  name: string;
  /** Relative to the data directory, "/" between parts; or `BUILTIN_MODEL_KEY`. */
  key: string;
  /** Lower-case hex, over model.json followed by weights.bin. */
  sha256: string;
  /** The run that made it; null when it was not made by a run. */
  runId: string | null;
  /** The version that it was fine-tuned from; null when it was not fine-tuned. */
  parentVersion: number | null;
  metrics: Metrics;
  gate: GateRecord | null;
  state: ModelState;
}

/** A registered model version. */
export interface Model extends NewModel {
  /** 1, 2, 3, ...: never reused. */
  version: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Whether it was promoted without having passed the gate, the last time that it was promoted. */
  isForced: boolean;
  /** The note that people wrote about it; null for none. */
  note: string | null;
  /** The tags that people attached to it, by key. */
  tags: Readonly<Record<string, string>>;
}

/** A version with the names that point to it. */
export type NamedModel = Model & { aliases: string[] };

/** The record of a version's files, without its metrics. */
export type ModelFileRecord = Pick<Model, "version" | "key" | "sha256" | "state" | "runId">;
