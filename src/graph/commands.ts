import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import { type RunSlice, type SliceName, shellQuote, sliceWords } from "../domain/runs/run-slice.ts";
import type { GraphElement, GraphPicture } from "./elements.ts";
import { nodesOf } from "./picture.ts";
import type { PipelineGraph } from "./pipeline-graph.ts";
import type { GraphQuery } from "./query.ts";

/** A command line that runs a part of a pipeline. */
export interface SliceCommand {
  kind: "only" | "from" | "to" | "shown" | "all";
  slice: RunSlice;
  command: string;
}

/** Commands that run the pipeline around one element; for a dataset that no node outputs, none that runs to it. */
export function commandsFor(graph: PipelineGraph, query: GraphQuery, element: GraphElement): SliceCommand[] {
  const run = (kind: SliceCommand["kind"], flag: SliceName, names: readonly string[]) =>
    sliceCommand(query.pipeline, kind, { [flag]: names });
  const { kind, name, nodes } = element;
  if (kind === "namespace") return [run("only", "namespaces", [name])];
  if (kind === "node") {
    return [run("only", "nodes", nodes), run("from", "from_nodes", nodes), run("to", "to_nodes", nodes)];
  }
  const all = nodesOf(graph, { pipeline: query.pipeline, tags: [] });
  const isRead = all.some(({ inputs }) => inputs.includes(name));
  const isMade = all.some(({ outputs }) => outputs.includes(name));
  return [
    ...(isRead ? [run("from", "from_inputs", [name])] : []),
    ...(isMade ? [run("to", "to_outputs", [name])] : []),
  ];
}

/** The command for exactly the nodes of the picture, by tags if these alone select them. Null without nodes. */
export function commandForPicture(
  graph: PipelineGraph,
  query: GraphQuery,
  picture: GraphPicture,
): SliceCommand | null {
  const shown = picture.elements.flatMap(({ nodes }) => nodes);
  const tagged = nodesOf(graph, query);
  if (shown.length === 0) return null;
  if (shown.length < tagged.length) return sliceCommand(query.pipeline, "shown", { nodes: shown });
  if (query.tags.length === 0) return wholeCommand(query.pipeline);
  return sliceCommand(query.pipeline, "shown", { tags: query.tags });
}

/** The command that runs a whole pipeline. */
export function wholeCommand(pipeline: string): SliceCommand {
  return sliceCommand(pipeline, "all", {});
}

function sliceCommand(pipeline: string, kind: SliceCommand["kind"], slice: RunSlice): SliceCommand {
  const words = ["tegaki", "run"];
  if (pipeline !== DEFAULT_PIPELINE) words.push("--pipeline", shellQuote(pipeline));
  for (const [flag, names] of sliceWords(slice)) words.push(flag, shellQuote(names));
  return { kind, slice, command: words.join(" ") };
}
