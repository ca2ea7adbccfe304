import type { Saying } from "../../lib/saying.ts";
import type { Condition } from "./condition.ts";

/** A decision of the scheduler. */
export interface SchedulerTick {
  /** ISO 8601, UTC. */
  at: string;
  /** "start", "not_due", "wait" and so on; "pause" and "resume" of a person. */
  decision: string;
  /** In English. */
  detail: string;
  /** The detail as data, for pages in other languages; absent in older records. */
  says?: Saying | undefined;
  /** Every condition at that moment; absent in older records, and where none was evaluated. */
  conditions?: readonly Condition[] | undefined;
}

/** A stored decision. */
export interface StoredTick extends SchedulerTick {
  /** Counts up; the cursor of the page that follows. */
  seq: number;
}
