import { nodesOf } from "../../src/graph/picture.ts";
import { type RunStanding, standingAfter } from "../../src/graph/standing.ts";
import type { GraphViewProps } from "./view-props.ts";

/** The state of the nodes at the displayed moment; null without a run. */
export function standingOfRun({
  graph,
  query,
  shown,
}: Pick<GraphViewProps, "graph" | "query" | "shown">): RunStanding | null {
  if (shown === null) return null;
  const names = nodesOf(graph, { pipeline: query.pipeline, tags: [] }).map(({ name }) => name);
  return standingAfter(shown.frames, names, query.at);
}
