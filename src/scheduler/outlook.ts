import { runNeedsApproval } from "../domain/scheduler/approval.ts";
import { ConflictError } from "../lib/errors.ts";
import { decide } from "./decision/decide.ts";
import type { Facts } from "./decision/facts.ts";
import { nextRun } from "./decision/next-run.ts";
import { firstModelProgress } from "./first-model.ts";
import { LabelAge } from "./label-age.ts";
import { OtherRuns, type OtherRunsDeps } from "./other-runs.ts";
import { Pace } from "./pace.ts";
import { type FactSources, readFacts } from "./read-facts.ts";
import type { SchedulerOutlook, SchedulerStatus } from "./status.ts";

/** Everything that an outlook is read from. */
export type OutlookDeps = FactSources & OtherRunsDeps;

/** A time within the current minute counts as now: forms have no seconds. */
const MINUTE_MS = 60_000;

/** Reads status and outlook from the store, without starting or changing anything. */
export class OutlookReader {
  readonly #deps: OutlookDeps;
  readonly #pace: Pace;
  readonly #age: LabelAge;

  /** @param pace of the scheduler; it must have resumed. */
  constructor(deps: OutlookDeps, pace: Pace, age: LabelAge) {
    this.#deps = deps;
    this.#pace = pace;
    this.#age = age;
  }

  /** Only what the pages need twice a second. */
  async status(runningRunId: string | null): Promise<SchedulerStatus> {
    const { store, config } = this.#deps;
    const [{ paused }, newSamples, champion] = await Promise.all([
      store.state(),
      store.countNewSamples(),
      store.championVersion(),
    ]);
    const first = champion === null ? firstModelProgress(await store.labels(), config().firstModel) : null;
    return this.#status({ runningRunId, isPaused: paused, untrained: newSamples, first });
  }

  /** @param at the time of a dry run; now by default. @throws ConflictError for a time that has passed. */
  async outlook(runningRunId: string | null, at?: Date): Promise<SchedulerOutlook> {
    const { store, clock, config } = this.#deps;
    const [facts, state] = await Promise.all([this.#facts(runningRunId), store.state()]);
    const nowMs = clock.now().getTime();
    if (at !== undefined && at.getTime() < nowMs - MINUTE_MS) {
      throw new ConflictError(`at: expected a time to come, found ${at.toISOString()}`);
    }
    const atMs = Math.max(at?.getTime() ?? 0, facts.readMs);
    const { rules } = config();
    const next = nextRun(facts, rules, facts.readMs);
    return {
      status: this.#status(facts),
      at: new Date(atMs).toISOString(),
      decision: decide(facts, rules, atMs),
      nextAt: next.atMs === null ? null : new Date(next.atMs).toISOString(),
      next: next.decision,
      combine: rules.combine,
      approval: rules.approval,
      pause: { isPaused: state.paused, by: state.changedBy, reason: state.reason, at: state.changedAt },
    };
  }

  #status(facts: Pick<Facts, "runningRunId" | "isPaused" | "untrained" | "first">): SchedulerStatus {
    const { clock, config } = this.#deps;
    const { rules } = config();
    return {
      isPaused: facts.isPaused,
      newSamples: facts.untrained,
      threshold: rules.newSamples,
      runningRunId: facts.runningRunId,
      notBefore: this.#pace.notBefore(),
      consecutiveFailures: this.#pace.consecutiveFailures,
      isHeld:
        rules.combine === "all" ||
        runNeedsApproval(rules.approval) ||
        rules.quiet?.isQuiet(clock.now().getTime()) === true,
      firstModel: facts.first,
    };
  }

  #facts(runningRunId: string | null) {
    return readFacts(this.#deps, { pace: this.#pace, age: this.#age, runningRunId });
  }
}

/** Reads what a scheduler on this store would do, whether or not a server is running. */
export async function readOutlook(deps: OutlookDeps, at?: Date): Promise<SchedulerOutlook> {
  const pace = new Pace(deps.store, deps.clock, deps.timers, deps.config);
  await pace.resume();
  const runningRunId = await new OtherRuns(deps).living();
  return new OutlookReader(deps, pace, new LabelAge()).outlook(runningRunId, at);
}
