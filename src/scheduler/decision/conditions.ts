import { runNeedsApproval } from "../../domain/scheduler/approval.ts";
import type { Condition } from "../../domain/scheduler/condition.ts";
import type { DriftState } from "../../domain/scheduler/drift-state.ts";
import type { Facts } from "./facts.ts";
import type { Rules } from "./rules.ts";

/** Evaluates every condition at a time, the triggers first. @param atMs Unix time, ms. */
export function conditionsAt(facts: Facts, rules: Rules, atMs: number): Condition[] {
  return [
    ...(facts.first === null ? triggers(facts, rules, atMs) : firstTriggers(facts)),
    ...guards(facts, rules, atMs),
  ];
}

/** Whether a run is due by the triggers alone: any that is on, or all of them; without a model, all. */
export function areTriggersMet(conditions: readonly Condition[], combine: Rules["combine"]): boolean {
  const on = conditions.filter(({ kind, is_on }) => kind === "trigger" && is_on);
  const isFirst = on.some(({ name }) => name === "first_model");
  if (isFirst || combine === "all") return on.length > 0 && on.every(({ holds }) => holds);
  return on.some(({ holds }) => holds);
}

/**
 * After a first model that failed the gate, as many new labels as one class requires must arrive before the next
 * attempt: the same drawings would only give the same model.
 */
function firstTriggers({ first, newSamples }: Facts): Condition[] {
  if (first === null) return [];
  const { n, total, isEnough, perClass } = first;
  return [
    trigger("first_model", true, isEnough, n, total),
    trigger("new_samples", true, newSamples >= perClass, newSamples, perClass),
  ];
}

function triggers(facts: Facts, rules: Rules, atMs: number): Condition[] {
  const { newSamples, corrections } = facts;
  const ageMs = facts.oldestAgeMs === null ? null : facts.oldestAgeMs + Math.max(0, atMs - facts.readMs);
  const { maxAgeMs, cron, hasDrift } = rules;
  const tickMs = cron?.times.next(facts.cronAfterMs) ?? null;
  return [
    counted("new_samples", newSamples, rules.newSamples),
    counted("corrections", corrections, rules.corrections),
    trigger(
      "max_age",
      maxAgeMs !== null,
      maxAgeMs !== null && ageMs !== null && ageMs >= maxAgeMs,
      ageMs === null ? null : Math.floor(ageMs / 1000),
      maxAgeMs === null ? null : maxAgeMs / 1000,
    ),
    trigger(
      "cron",
      cron !== null,
      tickMs !== null && tickMs <= atMs,
      tickMs === null ? null : isoOf(tickMs),
      cron?.schedule ?? null,
    ),
    trigger("drift", hasDrift, hasDrift && isNewAlarm(facts), facts.drift?.since ?? null, null),
  ];
}

/** The name of an alarm: when it began; empty for one that does not say. */
export function alarmOf(drift: DriftState): string {
  return drift.since ?? "";
}

/**
 * Whether there is an alarm that no run has answered, and that no person has declined. Alarms are told apart by their
 * names, not by comparing times: one that began while the clock was ahead would otherwise start run after run.
 */
function isNewAlarm({ drift, answeredAlarm, declinedMs, consecutiveFailures }: Facts): boolean {
  if (drift === null || !drift.isDrifting) return false;
  const alarm = alarmOf(drift);
  const isAnswered = alarm === answeredAlarm && consecutiveFailures === 0;
  const isDeclined = declinedMs !== null && !(Date.parse(alarm) > declinedMs);
  return !isAnswered && !isDeclined;
}

function guards(facts: Facts, rules: Rules, atMs: number): Condition[] {
  const waitMs = waitAt(facts, atMs);
  const needsApproval = runNeedsApproval(rules.approval);
  const { quiet } = rules;
  const quietEndMs = quiet?.isQuiet(atMs) ? quiet.end(atMs) : null;
  const quietEnd = quietEndMs === null ? null : isoOf(quietEndMs);
  return [
    guard("idle", true, facts.runningRunId === null, facts.runningRunId, null),
    guard("not_paused", true, !facts.isPaused, facts.isPaused ? facts.pausedAt : null, null),
    guard("min_interval", true, waitMs === 0, Math.ceil(waitMs / 1000), Math.ceil(facts.pauseMs / 1000)),
    guard("quiet_hours", quiet !== null, quietEndMs === null, quietEnd, quiet?.text ?? null),
    guard("approval", needsApproval, !needsApproval, facts.pending?.id ?? null, rules.approval),
  ];
}

/** Time that is left at `atMs` until a start is allowed. */
export function waitAt({ waitMs, readMs }: Facts, atMs: number): number {
  return Math.max(0, waitMs - Math.max(0, atMs - readMs));
}

function counted(name: Condition["name"], n: number, threshold: number | null): Condition {
  return trigger(name, threshold !== null, threshold !== null && n >= threshold, n, threshold);
}

function trigger(
  name: Condition["name"],
  is_on: boolean,
  holds: boolean,
  value: Condition["value"],
  threshold: Condition["threshold"],
): Condition {
  return { name, kind: "trigger", is_on, holds: is_on && holds, value, threshold };
}

function guard(
  name: Condition["name"],
  is_on: boolean,
  holds: boolean,
  value: Condition["value"],
  threshold: Condition["threshold"],
): Condition {
  return { name, kind: "guard", is_on, holds, value, threshold };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
