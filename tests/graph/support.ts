import type { GraphNode, PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { emptyQuery, type GraphQuery } from "../../src/graph/query.ts";

/** `"a: x params:p -> y #tag"` or `"ns.a: ns.x -> y"`: a node on one line. */
function node(line: string): GraphNode {
  const [, name, inputs, outputs, tags] = /^([^:]+): (.*?) ?-> ?([^#]*)(#.*)?$/.exec(line)!;
  const words = (text: string | undefined) => (text ?? "").split(/\s+/).filter((word) => word !== "");
  const namespace = name!.includes(".") ? name!.slice(0, name!.lastIndexOf(".")) : null;
  return {
    name: name!,
    namespace,
    inputs: words(inputs),
    outputs: words(outputs),
    tags: words(tags?.replaceAll("#", " ")),
    source: null,
  };
}

/** A graph of one pipeline, `p`. @param layers by dataset. */
export function graphOf(
  lines: readonly string[],
  layers: Readonly<Record<string, string>> = {},
): PipelineGraph {
  return {
    pipelines: [{ name: "p", nodes: lines.map(node) }],
    datasets: Object.fromEntries(
      Object.entries(layers).map(([name, layer]) => [
        name,
        { type: "json", layer, location: `data/${name}.json`, isVersioned: false },
      ]),
    ),
    parameters: { "params:p": { value: 3, isSettable: true } },
  };
}

export function query(change: Partial<GraphQuery> = {}): GraphQuery {
  return { ...emptyQuery("p"), ...change };
}

/** `from>to` of each edge, sorted. */
export function arrows(edges: readonly { from: string; to: string }[]): string[] {
  const short = (id: string) => id.replace(/^(node|dataset|namespace|parameter):/, "").replace(/@.*$/, "");
  return edges.map(({ from, to }) => `${short(from)}>${short(to)}`).sort();
}
