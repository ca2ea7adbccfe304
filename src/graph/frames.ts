import { progressOf } from "../domain/node-progress.ts";
import type { RunStatus } from "../domain/run.ts";
import type { NewRunEvent, SkipCause } from "../domain/run-event.ts";

/** How a node stands in a run. */
export type NodeState = "pending" | "running" | "done" | "skipped" | "failed" | "cancelled";

/** One thing that a run said, as far as the graph shows it. */
export interface RunFrame {
  /** Since the run's first event. */
  atMs: number;
  type: "run" | "running" | "progress" | "done" | "skipped" | "failed" | "cancelled" | "over";
  node: string | null;
  /** All nodes of the run; with `run` only. */
  nodes?: readonly string[];
  /** How it ended; with `over` only. */
  status?: RunStatus;
  /** 0..1; with `progress` only. */
  progress?: number | null;
  /** In few letters, the same in every language: "2/3". Why, with `skipped` and `failed`. */
  note?: string;
  /** Why a node was skipped, as a word of the engine's (`Skip.cause`); with `skipped` only, absent from older runs. */
  cause?: SkipCause;
  durationMs?: number | null;
}

/** A frame as a page hears of it: which run it is of, and when it was. Its own `atMs` is 0. */
export interface HeardFrame {
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  frame: RunFrame;
}

export interface NodeStanding {
  state: NodeState;
  progress: number | null;
  note: string;
  /** See `RunFrame`. */
  cause?: SkipCause;
  durationMs: number | null;
}

/** A run as the graph shows it. */
export interface RunStanding {
  status: RunStatus;
  nodes: Map<string, NodeStanding>;
  /** The node that the last frame was about. */
  latest: string | null;
}

const PENDING: NodeStanding = { state: "pending", progress: null, note: "", durationMs: null };
/** More progress than this is no news to the eye: a long run is thinned out. */
const MAX_PROGRESS_FRAMES = 300;

/** @param startMs the time of the run's first event. @returns null for what the graph does not show. */
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
      // Stopped because the run was cancelled: that it ended with an error says nothing.
      if (event.isCancelled) return { atMs, type: "cancelled", node: event.node };
      return { atMs, type: "failed", node: event.node, note: event.error };
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

/** The frames of a run, from its events in order; progress is thinned out. */
export function framesOf(events: readonly NewRunEvent[]): RunFrame[] {
  const startMs = Date.parse(events[0]?.at ?? "");
  const frames = events.flatMap((event) => frameOf(event, startMs) ?? []);
  const reports = frames.filter(({ type }) => type === "progress").length;
  const step = Math.ceil(reports / MAX_PROGRESS_FRAMES);
  let seen = 0;
  return step <= 1 ? frames : frames.filter(({ type }) => type !== "progress" || seen++ % step === 0);
}

/** Before the first frame. @param nodes of the pipeline, as far as they are known. */
export function standingBefore(nodes: readonly string[]): RunStanding {
  return { status: "queued", nodes: new Map(nodes.map((name) => [name, PENDING])), latest: null };
}

/** Changes the standing in place. */
export function advance(standing: RunStanding, frame: RunFrame): void {
  const { type, node, note = "", cause } = frame;
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
      });
    }
  }
}

/** The standing after the first `count` frames; after all when it is null. */
export function standingAfter(
  frames: readonly RunFrame[],
  nodes: readonly string[],
  count: number | null = null,
): RunStanding {
  const standing = standingBefore(nodes);
  for (const frame of frames.slice(0, count ?? frames.length)) advance(standing, frame);
  return standing;
}

/** How several nodes stand as one: what is worst, else what goes on. Null when the run has none of them. */
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

/** What was running when the run ended did not get to its end. */
function end(standing: RunStanding): void {
  for (const [name, node] of standing.nodes) {
    if (node.state !== "running") continue;
    const state =
      standing.status === "done" ? "done" : standing.status === "cancelled" ? "cancelled" : "failed";
    standing.nodes.set(name, { ...node, state, progress: null });
  }
}
