import type { Condition } from "../../domain/scheduler/condition.ts";
import type { SchedulerRequest } from "../../domain/scheduler/request.ts";
import { type Sentence, saying } from "../../lib/saying.ts";
import type { Facts } from "./facts.ts";

// The reasons of decisions. Their sayings are under "tick." among the texts of the pages.

/** A run is running. */
export function running(runId: string): Sentence {
  return { message: `run ${runId} is still running`, says: saying("running", { runId }) };
}

/** A person has approved or requested the run. */
export function requested({ id }: SchedulerRequest): Sentence {
  return { message: `request ${id} was approved`, says: saying("requested", { id }) };
}

/** The triggers that hold. */
export function started(conditions: readonly Condition[]): Sentence {
  return joined(conditions.filter(({ kind, holds }) => kind === "trigger" && holds).map(met));
}

/** The triggers that are on, none or not all of which hold. */
export function notDue({ first }: Facts, conditions: readonly Condition[]): Sentence {
  if (first !== null) return tooFew(first);
  const on = conditions.filter(({ kind, is_on }) => kind === "trigger" && is_on);
  if (on.length === 0) return { message: "every trigger is off", says: saying("noTriggers") };
  return joined(on.map((one) => (one.holds ? met(one) : unmet(one))));
}

/** Why a run that is due does not start. */
export function heldBack(guard: Condition, facts: Facts, conditions: readonly Condition[]): Sentence {
  const due = started(conditions);
  const why = due.says!;
  switch (guard.name) {
    case "not_paused":
      return {
        message: `${due.message}, but the scheduler is paused`,
        says: saying("paused", { why }),
      };
    case "min_interval":
      return waiting(due, Number(guard.value), facts.consecutiveFailures);
    case "quiet_hours":
      return {
        message: `${due.message}; quiet hours until ${guard.value}`,
        says: saying("quiet", { why, time: String(guard.value) }),
      };
    default:
      return { message: `${due.message}; waiting for approval`, says: saying("approval", { why }) };
  }
}

function waiting({ message, says }: Sentence, seconds: number, failures: number): Sentence {
  const [key, after] =
    failures === 0
      ? ["wait", "after the last run"]
      : failures === 1
        ? ["waitFailure", "after a failed run"]
        : ["waitFailures", `after ${failures} failed runs in a row`];
  const figures = { why: says!, seconds, ...(failures > 1 ? { failures } : {}) };
  return { message: `${message}; waiting ${seconds} s ${after}`, says: saying(key, figures) };
}

/** The longest list of classes that a sentence has. */
const NAMED_CLASSES = 12;

function tooFew({ perClass, n, total, classes }: NonNullable<Facts["first"]>): Sentence {
  const short = classes.filter((one) => one.n < one.of);
  const more = short.length > NAMED_CLASSES ? ", …" : "";
  const few = `${short
    .slice(0, NAMED_CLASSES)
    .map((one) => `${one.label} ${one.n}`)
    .join(", ")}${more}`;
  const message = `there is no model yet: ${n} of ${total} labels for the first one`;
  if (short.length === 0) return { message, says: saying("tooFew", { n, total }) };
  return {
    message: `${message}; fewer than ${perClass} of ${few}`,
    says: saying("tooFewOf", { n, total, perClass, few }),
  };
}

function met({ name, value, threshold }: Condition): Sentence {
  switch (name) {
    case "corrections":
      return counts("corrections", `${value} of ${threshold} corrected labels`, value, threshold);
    case "max_age":
      return {
        message: `the oldest new label has waited ${value} s of ${threshold} s`,
        says: saying("maxAge", { age: `${value} s`, limit: `${threshold} s` }),
      };
    case "cron":
      return {
        message: `cron ${threshold} was due at ${value}`,
        says: saying("cron", cronFigures(value, threshold)),
      };
    case "drift":
      return value === null
        ? { message: "drift was detected", says: saying("drift") }
        : { message: `drift was detected at ${value}`, says: saying("driftSince", { time: value }) };
    default:
      return counts("newSamples", `${value} of ${threshold} new labels`, value, threshold);
  }
}

function unmet(condition: Condition): Sentence {
  const { name, value, threshold } = condition;
  if (name === "cron") {
    if (value === null)
      return {
        message: `cron ${threshold} has no further time`,
        says: saying("cronOver", { schedule: threshold ?? "" }),
      };
    return {
      message: `cron ${threshold} is due at ${value}`,
      says: saying("cronNext", cronFigures(value, threshold)),
    };
  }
  if (name === "drift") return { message: "no new drift", says: saying("noDrift") };
  if (name === "max_age" && value === null) return { message: "no new label", says: saying("noLabel") };
  return met(condition);
}

function counts(key: string, message: string, value: Condition["value"], threshold: Condition["threshold"]) {
  return { message, says: saying(key, { value: value ?? 0, threshold: threshold ?? 0 }) };
}

function cronFigures(value: Condition["value"], threshold: Condition["threshold"]) {
  return { time: value ?? "", schedule: threshold ?? "" };
}

function joined(sentences: readonly Sentence[]): Sentence {
  return sentences.reduce((first, next) => ({
    message: `${first.message}; ${next.message}`,
    says: saying("joined", { first: first.says!, next: next.says! }),
  }));
}
