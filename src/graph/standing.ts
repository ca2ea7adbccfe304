import type { RunStatus } from "../domain/runs/run.ts";
import type { SkipCause } from "../domain/runs/run-event.ts";
import type { Saying } from "../lib/saying.ts";
import type { NodeState, RunFrame } from "./run-frame.ts";

/** The state of a node in a run, with its progress and duration. */
export interface NodeStanding {
  state: NodeState;
  progress: number | null;
  note: string;
  /** See `RunFrame`. */
  cause?: SkipCause;
  /** See `RunFrame`. */
  says?: Saying;
  durationMs: number | null;
}

/** A run as the graph shows it. */
export interface RunStanding {
  status: RunStatus;
  nodes: Map<string, NodeStanding>;
  /** The node of the last frame. */
  latest: string | null;
}

const PENDING: NodeStanding = { state: "pending", progress: null, note: "", durationMs: null };

/** The state before the first frame. @param nodes of the pipeline, as far as they are known. */
function standingBefore(nodes: readonly string[]): RunStanding {
  return { status: "queued", nodes: new Map(nodes.map((name) => [name, PENDING])), latest: null };
}

/** Applies a frame, in place. */
function advance(standing: RunStanding, frame: RunFrame): void {
  const { type, node, note = "", cause, says } = frame;
  standing.latest = node;
  if (type === "run") {
    standing.status = "running";
    standing.nodes = new Map((frame.nodes ?? []).map((name) => [name, PENDING]));
  } else if (type === "over") {
    standing.status = frame.status ?? "done";
    end(standing);
  } else if (node !== null) {
    const before = standing.nodes.get(node) ?? PENDING;
    if (type === "progress") {
      standing.nodes.set(node, {
        ...before,
        state: "running",
        progress: frame.progress ?? before.progress,
        note,
      });
    } else {
      const durationMs = frame.durationMs ?? null;
      standing.nodes.set(node, {
        state: type,
        progress: null,
        note,
        durationMs,
        ...(cause === undefined ? {} : { cause }),
        ...(says === undefined ? {} : { says }),
      });
    }
  }
}

/** The state of a run after the first `count` frames; after all frames when it is null. */
export function standingAfter(
  frames: readonly RunFrame[],
  nodes: readonly string[],
  count: number | null = null,
): RunStanding {
  const standing = standingBefore(nodes);
  for (const frame of frames.slice(0, count ?? frames.length)) advance(standing, frame);
  return standing;
}

/** The combined state of several nodes: the worst, otherwise the running one. Null when the run has none of them. */
export function standingOf(names: readonly string[], standing: RunStanding): NodeStanding | null {
  const all = names.flatMap((name) => standing.nodes.get(name) ?? []);
  if (all.length === 0) return null;
  if (names.length === 1) return all[0]!;
  const has = (state: NodeState) => all.some((one) => one.state === state);
  const ended = all.filter(({ state }) => state === "done" || state === "skipped").length;
  const running = all.find(({ state }) => state === "running");
  const state = has("failed")
    ? "failed"
    : has("cancelled")
      ? "cancelled"
      : ended === all.length
        ? has("done")
          ? "done"
          : "skipped"
        : running !== undefined || ended > 0
          ? "running"
          : "pending";
  const durationMs = all.reduce((sum, one) => sum + (one.durationMs ?? 0), 0);
  return {
    state,
    progress: state === "running" ? (ended + (running?.progress ?? 0)) / all.length : null,
    note: state === "running" || state === "pending" ? `${ended}/${all.length}` : "",
    durationMs: state === "done" ? durationMs : null,
  };
}

/** Ends the nodes that were still running when the run ended. */
function end(standing: RunStanding): void {
  for (const [name, node] of standing.nodes) {
    if (node.state !== "running") continue;
    const state =
      standing.status === "done" ? "done" : standing.status === "cancelled" ? "cancelled" : "failed";
    standing.nodes.set(name, { ...node, state, progress: null });
  }
}
