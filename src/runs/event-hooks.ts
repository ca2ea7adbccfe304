import type { RunEventBody } from "../domain/runs/run-event.ts";
import type { Store } from "../domain/store.ts";
import type { Hooks } from "../engine/run/hooks.ts";
import type { Clock } from "../lib/clock.ts";
import type { RunFailures } from "./run-failures.ts";
import type { RunReporter } from "./run-reporter.ts";

/** Least time between two stored progress events of a node; the last one before a node ends is always stored. */
const PROGRESS_INTERVAL_MS = 250;

/**
 * Stores the progress of a run as events, which pages and the API follow.
 *
 * @param signal cancels the run: a node that then ends with an error was stopped, it did not fail.
 */
export function eventHooks(
  store: Pick<Store, "runs">,
  runId: string,
  clock: Clock,
  signal: AbortSignal,
  failures: RunFailures,
  nowMs: () => number = () => performance.now(),
): Hooks {
  let positions = new Map<string, number>();
  const lastProgressMs = new Map<string, number>();
  const pending = new Map<string, Record<string, unknown>>();

  async function append(body: RunEventBody): Promise<void> {
    await store.runs.appendEvent({ runId, at: clock.now().toISOString(), ...body });
  }

  async function flush(node: string): Promise<void> {
    const data = pending.get(node);
    if (data === undefined) return;
    pending.delete(node);
    await append({ type: "progress", node, data });
  }

  return {
    before_pipeline_run({ runParams, nodes: names }) {
      positions = positionsOf(names);
      return append({ type: "run_started", pipeline: runParams.pipeline, nodes: names });
    },
    before_node_run: ({ node }) =>
      append({ type: "node_started", node, index: positions.get(node) ?? 0, count: positions.size }),
    async after_node_run({ node, durationMs }) {
      await flush(node);
      await append({ type: "node_done", node, durationMs: Math.round(durationMs) });
    },
    on_node_skipped: ({ node, cause, reason }) => append({ type: "node_skipped", node, cause, reason }),
    async on_node_error({ node, error }) {
      await flush(node);
      const isCancelled = signal.aborted;
      const { message, says } = failures.sentenceOf(error);
      const thrown = isCancelled ? undefined : await failures.shownBy(node, error);
      await append({ type: "node_failed", node, error: message, isCancelled, says, thrown });
    },
    async on_node_progress({ node, data }) {
      pending.set(node, data);
      const isEpochEnd = typeof data.val_accuracy === "number" || isLastStep(data);
      const now = nowMs();
      if (!isEpochEnd && now - (lastProgressMs.get(node) ?? -Infinity) < PROGRESS_INTERVAL_MS) return;
      lastProgressMs.set(node, now);
      await flush(node);
    },
    on_node_log: ({ node, message, says }) => append({ type: "log", node, message, says }),
  };
}

/** The place of each node in a run, from 1. */
export function positionsOf(nodes: readonly string[]): Map<string, number> {
  return new Map(nodes.map((node, index) => [node, index + 1]));
}

/** Whether the report ends an epoch: every epoch appears in the curves, however short it is. */
function isLastStep({ step, steps }: Record<string, unknown>): boolean {
  return typeof step === "number" && step === steps;
}

/**
 * Reports the progress of a run to the terminal.
 *
 * @param signal      as for `eventHooks`.
 * @param reasonToRun returns why a node that has been run before runs again; null when there is nothing to report.
 */
export function reporterHooks(
  reporter: RunReporter,
  signal: AbortSignal,
  failures: RunFailures,
  reasonToRun: (node: string) => Promise<string | null> = async () => null,
): Hooks {
  let positions = new Map<string, number>();
  const place = (node: string) => [positions.get(node) ?? 0, positions.size] as const;
  return {
    before_pipeline_run({ nodes }) {
      positions = positionsOf(nodes);
    },
    before_node_run: async ({ node }) =>
      reporter.nodeStarted(node, ...place(node), (await reasonToRun(node)) ?? undefined),
    after_node_run: ({ node, durationMs }) => reporter.nodeDone(node, durationMs),
    async on_node_error({ node, error }) {
      const thrown = signal.aborted ? undefined : await failures.shownBy(node, error);
      if (thrown !== undefined) reporter.nodeFailed(node, thrown);
    },
    on_node_skipped: ({ node, cause, reason }) =>
      reporter.nodeSkipped(
        node,
        ...place(node),
        cause === "upstream_failed" ? `not run: ${reason}` : `skipped: ${reason}`,
      ),
    on_node_progress: ({ node, data }) => reporter.progress(node, data),
    on_node_log: ({ node, message }) => reporter.log(node, message),
    after_pipeline_run: () => reporter.end(),
    on_pipeline_error: () => reporter.end(),
  };
}
