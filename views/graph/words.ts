import type { SkipCause } from "../../src/domain/run-event.ts";
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

export const STATE_WORDS: Readonly<Record<NodeState, MessageKey>> = {
  pending: "graph.state.pending",
  running: "graph.state.running",
  done: "graph.state.done",
  skipped: "graph.state.skipped",
  failed: "graph.state.failed",
  cancelled: "graph.state.cancelled",
};

export function kindWord({ t }: Text, kind: ElementKind): string {
  return t(KINDS[kind]);
}

/** What a screen reader says of an element, but for its state. */
export function elementLabel(text: Text, element: Pick<GraphElement, "kind" | "name" | "nodes">): string {
  const { kind, name, nodes } = element;
  const label = `${kindWord(text, kind)} ${name}`;
  return kind === "namespace"
    ? `${label}${text.t("text.comma")}${text.t("graph.nodeCount", { n: nodes.length })}`
    : label;
}

/** The second line in a node: its time once it is done, before that how far it is. */
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
 * Why a node was skipped: the engine's own sentence in English, which names datasets and nodes, and the general one in
 * other languages. The engine's also where the cause is not known: in runs of older releases.
 */
export function skipWords(
  { language, t }: Text,
  { note, cause }: Pick<NodeStanding, "note" | "cause">,
): string {
  return language === "en" || cause === undefined ? note : t(SKIP_WORDS[cause]);
}

/** Minutes and seconds since the run began. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
