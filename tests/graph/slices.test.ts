import { expect, test } from "bun:test";
import type { RunSlice } from "../../src/domain/runs/run-slice.ts";
import { node } from "../../src/engine/pipeline/node.ts";
import { pipeline } from "../../src/engine/pipeline/pipeline.ts";
import { formatSlice, lackingInputs, nodesOfSlice, parseSlice } from "../../src/graph/slices.ts";
import { graphOf } from "./support.ts";

const GRAPH = graphOf(
  ["a: raw params:p -> x #one", "b: x -> y #two", "ns.c: y -> z", "ns.in.d: x -> w #two", "e: other -> v"],
  { raw: "raw", y: "kept" },
);
const NODES = GRAPH.pipelines[0]!.nodes;

/** The engine's own result. */
function byEngine({
  nodes,
  from_nodes,
  to_nodes,
  from_inputs,
  to_outputs,
  tags,
  namespaces,
}: RunSlice): string[] {
  const list = (names: readonly string[] | undefined) => (names === undefined ? undefined : [...names]);
  const made = pipeline(
    NODES.map(({ name, namespace, inputs, outputs, tags: own }) =>
      node({
        func: () => null,
        name: namespace === null ? name : name.slice(namespace.length + 1),
        ...(namespace === null ? {} : { namespace }),
        inputs: [...inputs],
        outputs: [...outputs],
        tags: [...own],
      }),
    ),
  );
  return made
    .filter({
      nodeNames: list(nodes),
      fromNodes: list(from_nodes),
      toNodes: list(to_nodes),
      fromInputs: list(from_inputs),
      toOutputs: list(to_outputs),
      tags: list(tags),
      nodeNamespaces: list(namespaces),
    })
    .nodes.map(({ name }) => name)
    .sort();
}

test.each<RunSlice>([
  {},
  { nodes: ["b", "e"] },
  { from_nodes: ["a"] },
  { from_nodes: ["b"] },
  { to_nodes: ["ns.c"] },
  { from_inputs: ["x"] },
  { from_inputs: ["params:p"] },
  { to_outputs: ["y"] },
  { tags: ["two"] },
  { namespaces: ["ns"] },
  { namespaces: ["ns.in"] },
  { from_nodes: ["a"], tags: ["two"] },
  { from_nodes: ["a"], to_outputs: ["z"] },
])("nodesOfSlice() selects the nodes that the engine runs: %j", (slice) => {
  const names = nodesOfSlice(NODES, slice).map(({ name }) => name);
  expect(names.sort()).toEqual(byEngine(slice));
  expect(parseSlice(formatSlice(slice), GRAPH, "p")).toEqual(slice);
});

test("lackingInputs() names datasets that no node of the part outputs and the catalog does not store", () => {
  expect(lackingInputs(GRAPH, "p", { nodes: ["b"] })).toEqual(["x"]);
  expect(lackingInputs(GRAPH, "p", { nodes: ["ns.c"] })).toEqual([]);
  expect(lackingInputs(GRAPH, "p", { from_nodes: ["a"] })).toEqual([]);
  expect(lackingInputs(GRAPH, "p", {})).toEqual(["other"]);
});

test("parseSlice() refuses other flags, names that the pipeline does not have, and names that no flag can contain", () => {
  for (const text of ["env=prod", "nodes=nope", "from_inputs=a", "tags=three", "namespaces=n", "nodes=a%2Cb"])
    expect(parseSlice(text, GRAPH, "p")).toBeNull();
});
