import { FIRST, TUNING } from "../../domain/pipeline-names.ts";
import type { Condition } from "../../domain/scheduler/condition.ts";
import type { Sentence } from "../../lib/saying.ts";
import { areTriggersMet, conditionsAt } from "./conditions.ts";
import type { Facts } from "./facts.ts";
import type { Rules } from "./rules.ts";
import { heldBack, notDue, requested, running, started } from "./sentences.ts";

/** The outcome of one check of the scheduler. */
export interface Decision {
  /**
   * `not_due`: the triggers do not hold. `too_few`: there is no model, and not enough labels for a first one.
   * `wait`: the pause after the last run. `quiet`: the quiet hours. `approval`: a person has to approve the run.
   */
  decision: "start" | "running" | "not_due" | "too_few" | "paused" | "wait" | "quiet" | "approval";
  /** Explains why a run starts, or why none does. */
  why: Sentence;
  conditions: readonly Condition[];
  /** Whether the triggers hold, so that only a guard can hold the run back. */
  isDue: boolean;
  /** The run that starts, or would start. */
  pipeline: string;
  /** The trigger that the run is recorded with. */
  trigger: string;
}

/**
 * Decides whether a training run starts at a time, with every condition. A run that a person has approved or requested
 * starts as soon as no other is running.
 *
 * @param atMs Unix time, ms; not before `facts.readMs`.
 */
export function decide(facts: Facts, rules: Rules, atMs: number): Decision {
  const conditions = conditionsAt(facts, rules, atMs);
  const isDue = areTriggersMet(conditions, rules.combine);
  const { approved, runningRunId } = facts;
  const outcome = {
    conditions,
    isDue,
    pipeline: approved?.pipeline ?? (facts.first === null ? TUNING : FIRST),
    trigger: approved?.trigger ?? triggerOf(conditions),
  };
  if (runningRunId !== null) return { ...outcome, decision: "running", why: running(runningRunId) };
  if (approved !== null) return { ...outcome, decision: "start", why: requested(approved) };
  if (!isDue) {
    return {
      ...outcome,
      decision: facts.first === null ? "not_due" : "too_few",
      why: notDue(facts, conditions),
    };
  }
  const blocked = conditions.find(({ kind, holds }) => kind === "guard" && !holds);
  const decision = blocked === undefined ? "start" : BLOCKED_BY[blocked.name];
  if (blocked === undefined || decision === undefined) {
    return { ...outcome, decision: "start", why: started(conditions) };
  }
  return { ...outcome, decision, why: heldBack(blocked, facts, conditions) };
}

const BLOCKED_BY: Readonly<Record<string, Decision["decision"]>> = {
  not_paused: "paused",
  min_interval: "wait",
  quiet_hours: "quiet",
  approval: "approval",
};

/** The first trigger that holds; new labels when none does. */
function triggerOf(conditions: readonly Condition[]): string {
  const first = conditions.find(({ kind, holds }) => kind === "trigger" && holds)?.name;
  return first === undefined || first === "first_model" ? "new_samples" : first;
}
