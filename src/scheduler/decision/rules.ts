import type { Approval } from "../../domain/scheduler/approval.ts";
import type { CronTimes } from "../../lib/cron.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** When a run is due: `scheduler` of server.yml. Null switches a trigger off. */
export interface Rules {
  /** Number of new labels. */
  newSamples: number | null;
  /** Number of corrected labels. */
  corrections: number | null;
  /** Age of the oldest new label, in ms. */
  maxAgeMs: number | null;
  cron: { schedule: string; times: CronTimes } | null;
  hasDrift: boolean;
  /** Whether one trigger is enough, or all that are on must hold. */
  combine: "any" | "all";
  quiet: QuietHours | null;
  approval: Approval;
}
