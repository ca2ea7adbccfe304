import type { Saying } from "../../lib/saying.ts";

/** Whether the drawings have drifted away from what the live model was trained on. */
export interface DriftState {
  isDrifting: boolean;
  /** ISO time at which the current alarm began; null without an alarm. One alarm starts one training run. */
  since: string | null;
  /** In English: which measure, and how far. */
  detail: string;
  says?: Saying | undefined;
}
