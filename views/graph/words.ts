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

/** The label of an element for screen readers, without its state. */
export function elementLabel(text: Text, element: Pick<GraphElement, "kind" | "name" | "nodes">): string {
  const { kind, name, nodes } = element;
  const label = `${kindWord(text, kind)} ${name}`;
  return kind === "namespace"
    ? `${label}${text.t("text.comma")}${text.t("graph.nodeCount", { n: nodes.length })}`
    : label;
}

/** The second line in a node: its progress, and once it is done its duration. */
export function standingNote(
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
