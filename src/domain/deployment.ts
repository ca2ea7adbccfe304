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
  /** Who or what moved the alias: "gate", "api", "page", "cli" or "start". */
  by: string;
  reason: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}
