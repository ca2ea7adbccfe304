/** One decision of the scheduler. */
export interface SchedulerTick {
  /** ISO 8601, UTC. */
  at: string;
  decision: string;
  detail: string;
}
