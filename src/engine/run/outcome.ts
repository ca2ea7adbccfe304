import { messageOf, saysOf } from "../../lib/errors.ts";
import { type Saying, saying } from "../../lib/saying.ts";
import { PipelineError, RunCancelledError } from "../errors.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Outcome } from "./execution.ts";

/** Returns the error that a run ends with; null when every node is done or skipped. */
export function failureOf(outcome: Outcome, pipeline: Pipeline, signal: AbortSignal): PipelineError | null {
  const { failed, unreachable } = outcome;
  if (signal.aborted) {
    const cancelled = cancellationOf(outcome, pipeline, signal);
    if (cancelled !== null) return cancelled;
  }
  if (failed.length === 0) return null;
  const errors = failed.map(({ error }) => error);
  const says = failed.length + unreachable.length === 1 ? nodeFailed(failed[0]!) : undefined;
  const cause = errors.length === 1 ? errors[0] : new AggregateError(errors, `${errors.length} nodes failed`);
  return new PipelineError([...failures(failed), ...notRun(unreachable)].join("\n"), { cause, says });
}

/** The failure of the only node that failed, as data. */
function nodeFailed({ node, error }: Outcome["failed"][number]): Saying {
  return saying("node", { node: node.name, reason: saysOf(error) ?? messageOf(error) });
}

/** Returns null when the abort came too late to prevent any node from running. */
function cancellationOf(
  { done, failed, skipped, unreachable, interrupted }: Outcome,
  pipeline: Pipeline,
  signal: AbortSignal,
): RunCancelledError | null {
  if (interrupted.length > 0) {
    const which = interrupted.map((node) => `"${node.name}"`).join(", ");
    const says = saying("cancelledIn", { nodes: which });
    return new RunCancelledError(`Cancelled during node ${which}`, { cause: signal.reason, says });
  }
  const ended = new Set([...done, ...failed.map(({ node }) => node), ...skipped, ...unreachable]);
  const next = pipeline.nodes.find((node) => !ended.has(node));
  if (next === undefined) return null;
  const says = saying("cancelledBefore", { node: next.name });
  return new RunCancelledError(`Cancelled before node "${next.name}"`, { cause: signal.reason, says });
}

function failures(failed: Outcome["failed"]): string[] {
  const [first] = failed;
  if (failed.length === 1) return [`Node "${first!.node.name}" failed: ${messageOf(first!.error)}`];
  const lines = failed.map(({ node, error }) => `  ${node.name}: ${messageOf(error)}`);
  return [`${failed.length} nodes failed:`, ...lines];
}

function notRun(unreachable: readonly Node[]): string[] {
  if (unreachable.length === 0) return [];
  const names = unreachable.map((node) => node.name).join(", ");
  const [were, depend] =
    unreachable.length === 1 ? ["node was", "it depends"] : ["nodes were", "they depend"];
  return [`${unreachable.length} ${were} not run because ${depend} on a failed node: ${names}`];
}
