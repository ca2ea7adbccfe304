export interface SchedulerTick {
  at: string;
  decision: string;
  detail: string;
}
