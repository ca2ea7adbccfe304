import { waitAt } from "./conditions.ts";
import { type Decision, decide } from "./decide.ts";
import type { Facts } from "./facts.ts";
import type { Rules } from "./rules.ts";

/** The next expected run, if no label arrives in the meantime. */
export interface NextRun {
  /** Unix time, ms; null when none is expected: it then depends on labels, on a person, or on the run that is running. */
  atMs: number | null;
  /** The decision at that time: "start", or "approval" when the run then waits for a person. Without a time, the current one. */
  decision: Decision;
}

/** Enough for each time at which a condition changes on its own to come twice. */
const MAX_STEPS = 12;

/** Finds the next time at which a run would start: it moves from one time at which a condition changes to the next. */
export function nextRun(facts: Facts, rules: Rules, nowMs: number): NextRun {
  const now = decide(facts, rules, nowMs);
  let atMs = nowMs;
  for (let step = 0; step < MAX_STEPS; step++) {
    const decision = decide(facts, rules, atMs);
    if (decision.decision === "start" || decision.decision === "approval") return { atMs, decision };
    if (decision.decision === "running" || decision.decision === "paused") break;
    const changes = changesAfter(facts, rules, atMs);
    if (changes.length === 0) break;
    atMs = Math.min(...changes);
  }
  return { atMs: null, decision: now };
}

/** The times after `atMs` at which a condition begins to hold on its own. */
function changesAfter(facts: Facts, rules: Rules, atMs: number): number[] {
  const { maxAgeMs, cron, quiet } = rules;
  const waitMs = waitAt(facts, atMs);
  const hasModel = facts.first === null;
  const times = [
    waitMs > 0 ? atMs + waitMs : null,
    quiet === null ? null : quiet.end(atMs),
    hasModel && cron !== null ? cron.times.next(facts.cronAfterMs) : null,
    hasModel && maxAgeMs !== null && facts.oldestAgeMs !== null
      ? facts.readMs + maxAgeMs - facts.oldestAgeMs
      : null,
  ];
  return times.filter((ms) => ms !== null).filter((ms) => ms > atMs);
}
