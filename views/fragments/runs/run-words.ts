import type { RunStatus } from "../../../src/domain/runs/run.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

/** The states of runs in words. */
export const RUN_STATUS_WORDS: Readonly<Record<RunStatus, MessageKey>> = {
  queued: "run.status.queued",
  running: "run.status.running",
  done: "run.status.done",
  failed: "run.status.failed",
  cancelled: "run.status.cancelled",
};

const TRIGGER_WORDS: Readonly<Record<string, MessageKey>> = {
  cli: "run.trigger.cli",
  api: "run.trigger.api",
  page: "run.trigger.page",
  new_samples: "run.trigger.new_samples",
  corrections: "run.trigger.corrections",
  max_age: "run.trigger.max_age",
  cron: "run.trigger.cron",
  drift: "run.trigger.drift",
};

/** The trigger of a run in words; an unknown trigger is unchanged. */
export function triggerWords({ t }: Text, trigger: string): string {
  const key = TRIGGER_WORDS[trigger];
  return key === undefined ? trigger : t(key);
}

/** The duration of a run, until `now` if it is running; null before it starts. */
export function runDurationMs(
  run: { startedAt: string | null; finishedAt: string | null },
  now: string,
): number | null {
  if (run.startedAt === null) return null;
  return Math.max(0, Date.parse(run.finishedAt ?? now) - Date.parse(run.startedAt));
}

/** Shortens a UUIDv7 to its end, which is random and thus tells runs apart; its start is the time. */
export function shortId(id: string): string {
  return id.slice(-8);
}
