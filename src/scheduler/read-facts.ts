import { cronMark } from "./cron-mark.ts";
import type { Facts } from "./decision/facts.ts";
import type { SchedulerDeps } from "./deps.ts";
import { firstModelProgress } from "./first-model.ts";
import type { LabelAge } from "./label-age.ts";
import type { Pace } from "./pace.ts";

/** The parts that facts are read from. */
export type FactSources = Pick<SchedulerDeps, "store" | "clock" | "timers" | "config" | "drift">;

/** Reads everything that a decision depends on. Nothing is written. */
export async function readFacts(
  { store, clock, timers, config, drift }: FactSources,
  { pace, age, runningRunId }: { pace: Pace; age: LabelAge; runningRunId: string | null },
): Promise<Facts> {
  const readMs = clock.now().getTime();
  const [state, news, champion, requests] = await Promise.all([
    store.state(),
    store.news(),
    store.championVersion(),
    store.openRequests(),
  ]);
  const { rules, firstModel } = config();
  const runs = requests.filter(({ kind }) => kind === "run");
  return {
    readMs,
    runningRunId,
    isPaused: state.paused,
    pausedAt: state.changedAt,
    newSamples: news.newSamples,
    untrained: news.untrained,
    corrections: news.corrections,
    oldestAgeMs: age.of(news.oldest, readMs, timers.monotonicMs()),
    cronAfterMs:
      rules.cron === null ? readMs : Date.parse(cronMark(state.cron, rules.cron.schedule, readMs).after),
    drift: rules.hasDrift ? await drift() : null,
    answeredAlarm: state.answeredAlarm,
    declinedMs: state.declined === null ? null : Date.parse(state.declined.at),
    first: champion === null ? firstModelProgress(await store.labels(), firstModel) : null,
    waitMs: Math.ceil(pace.waitMs()),
    pauseMs: pace.pauseMs(),
    consecutiveFailures: pace.consecutiveFailures,
    pending: runs.find((request) => request.state === "pending") ?? null,
    approved: runs.findLast((request) => request.state === "approved") ?? null,
  };
}
