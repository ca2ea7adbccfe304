import type { RunStatus } from "../../src/domain/run.ts";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

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
};

/** Who started a run, in words; a trigger that has none yet stays as it is. */
export function triggerWords({ t }: Text, trigger: string): string {
  const key = TRIGGER_WORDS[trigger];
  return key === undefined ? trigger : t(key);
}

/** How long a run took, or has taken until `now`; null before it starts. */
export function runDurationMs(
  run: { startedAt: string | null; finishedAt: string | null },
  now: string,
): number | null {
  if (run.startedAt === null) return null;
  return Math.max(0, Date.parse(run.finishedAt ?? now) - Date.parse(run.startedAt));
}

/** The end of a UUIDv7 is random, so it tells runs apart; its beginning is the time. */
export function shortId(id: string): string {
  return id.slice(-8);
}
