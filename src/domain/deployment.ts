import type { Actor } from "./actor.ts";
import type { Verdict } from "./gate.ts";

/** The alias of the version that is live. */
export const CHAMPION = "champion";

/** An entry of the history of which version was live. */
export interface Deployment {
  id: number;
  alias: string;
  version: number;
  /** Null for the first deployment of the alias. */
  previousVersion: number | null;
  action: "promote" | "rollback" | "fallback";
  /** The way in which the alias was moved: "gate", "api", "page", "cli", "start" or "serve". */
  by: string;
  /** Who moved it; null in records of older releases. */
  actor: Actor | null;
  /** Whether the version was promoted without having passed the gate; null in records of older releases. */
  isForced: boolean | null;
  /** The gate's verdict on the version at that moment; null when the gate had not evaluated it. */
  verdict: Verdict | null;
  reason: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A deployment with its end. */
export interface DeploymentPeriod extends Deployment {
  /** When the next deployment replaced it; null while it is in force. */
  until: string | null;
}

/** One page of the deployment log, newest first. */
export interface DeploymentQuery {
  alias: string;
  limit: number;
  /** Returns deployments before the one with this id. */
  before?: number;
  /** Returns deployments that were in force at some time in this period: from `from`, before `to`. */
  during?: { from: string; to: string };
}

/** Number of newest deployments in which the versions to roll back to are looked for. */
export const ROLLBACK_LOG = 1_000;
