import { progressOf } from "../domain/runs/node-progress.ts";
import type { NewRunEvent } from "../domain/runs/run-event.ts";
import type { Saying } from "../lib/saying.ts";
import type { RunFrame } from "./run-frame.ts";

/** Upper limit of progress frames: of a long run, only some are kept, because more cannot be seen. */
const MAX_PROGRESS_FRAMES = 300;

/** Converts an event. @param startMs the time of the run's first event. @returns null if the graph does not show it. */
export function frameOf(event: NewRunEvent, startMs: number): RunFrame | null {
  const atMs = Math.max(0, Date.parse(event.at) - startMs);
  switch (event.type) {
    case "run_started":
      return { atMs, type: "run", node: null, nodes: event.nodes };
    case "node_started":
      return { atMs, type: "running", node: event.node };
    case "progress": {
      const { share, note } = progressOf(event.data);
      return { atMs, type: "progress", node: event.node, progress: share, note };
    }
    case "node_done":
      return { atMs, type: "done", node: event.node, durationMs: event.durationMs };
    case "node_skipped": {
      const { node, reason, cause } = event;
      return { atMs, type: "skipped", node, note: reason, ...(cause === null ? {} : { cause }) };
    }
    case "node_failed":
      // It was stopped because the run was cancelled, so its error carries no information.
      if (event.isCancelled) return { atMs, type: "cancelled", node: event.node };
      return { atMs, type: "failed", node: event.node, note: event.error, ...saysOfNode(event) };
    case "run_done":
      return { atMs, type: "over", node: null, status: "done" };
    case "run_failed":
      return { atMs, type: "over", node: null, status: "failed" };
    case "run_cancelled":
      return { atMs, type: "over", node: null, status: "cancelled" };
    default:
      return null;
  }
}

/** The node's error as data, if it has one. */
function saysOfNode({ says }: { says?: Saying | undefined }): { says?: Saying } {
  return says === undefined ? {} : { says };
}

/** The frames of a run, from its events in order; only some of its progress is kept. */
export function framesOf(events: readonly NewRunEvent[]): RunFrame[] {
  const startMs = Date.parse(events[0]?.at ?? "");
  const frames = events.flatMap((event) => frameOf(event, startMs) ?? []);
  const reports = frames.filter(({ type }) => type === "progress").length;
  const step = Math.ceil(reports / MAX_PROGRESS_FRAMES);
  let seen = 0;
  return step <= 1 ? frames : frames.filter(({ type }) => type !== "progress" || seen++ % step === 0);
}
