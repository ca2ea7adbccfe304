export interface Deployment {
  id: number;
  alias: string;
  version: number;
  previousVersion: number | null;
  action: "promote" | "rollback" | "fallback";
  /** "gate", "api", "page", "cli", "start". */
  by: string;
  reason: string;
  createdAt: string;
}
