import type { SkipCause } from "../../src/domain/runs/run-event.ts";
import type { ElementKind, GraphElement } from "../../src/graph/elements.ts";
import type { NodeState } from "../../src/graph/run-frame.ts";
import type { NodeStanding } from "../../src/graph/standing.ts";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

const KINDS: Readonly<Record<ElementKind, MessageKey>> = {
  node: "graph.kind.node",
  dataset: "graph.kind.dataset",
  parameter: "graph.kind.parameter",
  namespace: "graph.kind.namespace",
};

/** States of nodes in words. */
export const STATE_WORDS: Readonly<Record<NodeState, MessageKey>> = {
  pending: "graph.state.pending",
  running: "graph.state.running",
  done: "graph.state.done",
  skipped: "graph.state.skipped",
  failed: "graph.state.failed",
  cancelled: "graph.state.cancelled",
};

/** The kind of an element in words. */
export function kindWord({ t }: Text, kind: ElementKind): string {
  return t(KINDS[kind]);
}

/** The part of an element's accessible name that is the same in every state. */
export interface ElementWords {
  /** Its kind and name. */
  label: string;
  /** The number of nodes of a namespace; else empty. */
  more: string;
}

/** The words of an element for screen readers. */
export function elementWords(
  text: Text,
  { kind, name, nodes }: Pick<GraphElement, "kind" | "name" | "nodes">,
): ElementWords {
  return {
    label: `${kindWord(text, kind)} ${name}`,
    more: kind === "namespace" ? text.t("graph.nodeCount", { n: nodes.length }) : "",
  };
}

/** The accessible name of an element: its text on the picture, in the same order, then what else is known of it. */
export function accessibleName(
  text: Text,
  { label, more }: ElementWords,
  standing: NodeStanding | null,
): string {
  const state = standing === null ? "" : text.t(STATE_WORDS[standing.state]);
  return [label, noteWords(text, standing), more, state]
    .filter((part) => part !== "")
    .join(text.t("text.comma"));
}

/** The second line in an element; empty without one. */
export function noteWords(text: Text, standing: NodeStanding | null): string {
  return standing === null ? "" : standingNote(text.duration, (share) => text.percent(share, 0), standing);
}

/** Its progress, and once it is done its duration. */
function standingNote(
  duration: (ms: number) => string,
  percent: (share: number) => string,
  standing: NodeStanding,
): string {
  const { state, durationMs, progress, note } = standing;
  if (state === "done" && durationMs !== null)
    return durationMs < 100 ? `${durationMs} ms` : duration(durationMs);
  if (state !== "running") return "";
  return [note, progress === null ? "" : percent(progress)].filter((part) => part !== "").join(" · ");
}

const SKIP_WORDS: Readonly<Record<SkipCause, MessageKey>> = {
  unchanged: "graph.skip.unchanged",
  same_inputs: "graph.skip.sameInputs",
  outputs_exist: "graph.skip.outputsExist",
  finished: "graph.skip.finished",
  upstream_failed: "graph.skip.upstreamFailed",
};

/**
 * The reason why a node was skipped: in English the engine's own sentence, which names datasets and nodes, in other
 * languages a general one. Without a cause, as in runs of older releases, it is the engine's.
 */
export function skipWords(
  { language, t }: Text,
  { note, cause }: Pick<NodeStanding, "note" | "cause">,
): string {
  return language === "en" || cause === undefined ? note : t(SKIP_WORDS[cause]);
}

/** Minutes and seconds since the run started. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
