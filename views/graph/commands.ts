import { nodesOf } from "./picture.ts";
import type { GraphQuery } from "./query.ts";
import type { GraphElement, GraphPicture, PipelineGraph } from "./types.ts";

/** What to type to run a part of a pipeline. */
export interface SliceCommand {
  kind: "only" | "from" | "to" | "shown" | "all";
  command: string;
}

/** Ways to run the pipeline around one element; for a dataset that nothing makes, none to it. */
export function commandsFor(graph: PipelineGraph, query: GraphQuery, element: GraphElement): SliceCommand[] {
  const run = (kind: SliceCommand["kind"], flag: string, names: readonly string[]): SliceCommand => ({
    kind,
    command: `${runOf(query.pipeline)} ${flag} ${names.map(quote).join(",")}`,
  });
  const { kind, name, nodes } = element;
  if (kind === "namespace") return [run("only", "--namespaces", [name])];
  if (kind === "node") {
    return [
      run("only", "--nodes", nodes),
      run("from", "--from-nodes", nodes),
      run("to", "--to-nodes", nodes),
    ];
  }
  const all = nodesOf(graph, { pipeline: query.pipeline, tags: [] });
  const isRead = all.some(({ inputs }) => inputs.includes(name));
  const isMade = all.some(({ outputs }) => outputs.includes(name));
  return [
    ...(isRead ? [run("from", "--from-inputs", [name])] : []),
    ...(isMade ? [run("to", "--to-outputs", [name])] : []),
  ];
}

/** What runs just the nodes on the picture; by tags when those alone decide. Null when there are none. */
export function commandForPicture(
  graph: PipelineGraph,
  query: GraphQuery,
  picture: GraphPicture,
): SliceCommand | null {
  const shown = picture.elements.flatMap(({ nodes }) => nodes);
  const tagged = nodesOf(graph, query);
  if (shown.length === 0) return null;
  if (shown.length < tagged.length) {
    return { kind: "shown", command: `${runOf(query.pipeline)} --nodes ${shown.map(quote).join(",")}` };
  }
  if (query.tags.length === 0) return { kind: "all", command: runOf(query.pipeline) };
  return { kind: "shown", command: `${runOf(query.pipeline)} --tags ${query.tags.map(quote).join(",")}` };
}

function runOf(pipeline: string): string {
  return pipeline === "__default__" ? "tegaki run" : `tegaki run --pipeline ${quote(pipeline)}`;
}

function quote(word: string): string {
  return /^[\w@%+=:./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
