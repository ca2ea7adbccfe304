import { expect, test } from "bun:test";
import { node } from "../../../src/engine/pipeline/node.ts";
import { type Pipeline, type PipelineFilter, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { identity, names, steps } from "../chain.ts";

/*
 * Kedro's own cases for groups, slices and namespaces, from its tests of the pipeline. Names of nodes and datasets are
 * Kedro's, so that a case can be found there.
 */

const COMPLEX = steps(
  "node1: H, I, M -> N",
  "node2: H -> I",
  "node3: F -> G, M",
  "node4: E -> F, H",
  "node5: D -> ",
  "node6: C -> D #foo",
  "node7: B -> C, E #foo",
  "node8: A -> B, L",
  "node9: start -> A",
);

test("Kedro's pipeline with lists has its groups, free inputs and outputs", () => {
  expect(COMPLEX.groupedNodes.map((group) => group.map(({ name }) => name))).toEqual([
    ["node9"],
    ["node8"],
    ["node7"],
    ["node4", "node6"],
    ["node2", "node3", "node5"],
    ["node1"],
  ]);
  expect(COMPLEX.inputs()).toEqual(["start"]);
  expect(COMPLEX.outputs().toSorted()).toEqual(["G", "L", "N"]);
});

test("Kedro's disjoint pipeline groups what is independent", () => {
  const made = steps("node1: A -> B", "node2: B -> C", "node3: E -> F", "node4: D -> E");
  expect(made.groupedNodes.map((group) => group.map(({ name }) => name))).toEqual([
    ["node1", "node4"],
    ["node2", "node3"],
  ]);
  expect([made.inputs(), made.outputs()]).toEqual([
    ["A", "D"],
    ["C", "F"],
  ]);
});

test.each<[PipelineFilter, string[]]>([
  [{ tags: ["foo"] }, ["node6", "node7"]],
  [{ fromNodes: ["node4"] }, ["node1", "node2", "node3", "node4"]],
  [{ toNodes: ["node4"] }, ["node4", "node7", "node8", "node9"]],
  [{ nodeNames: ["node4", "node5"] }, ["node4", "node5"]],
  [{ fromInputs: ["F"] }, ["node1", "node3"]],
  [{ toOutputs: ["F"] }, ["node4", "node7", "node8", "node9"]],
  [{ fromNodes: ["node4"], toOutputs: ["M"] }, ["node3", "node4"]],
  [{ fromNodes: ["node4"], toOutputs: ["M"], nodeNames: ["node3"] }, ["node3"]],
  [{ fromNodes: ["node3", "node2"] }, ["node1", "node2", "node3"]],
  [{ fromInputs: ["F", "H"] }, ["node1", "node2", "node3"]],
  [{ toOutputs: ["F", "H"] }, ["node4", "node7", "node8", "node9"]],
])("filter(%j) keeps what Kedro keeps", (filter, expected) => {
  expect(names(COMPLEX.filter(filter)).toSorted()).toEqual(expected);
});

test("filter() refuses to keep nothing, as Kedro does", () => {
  const filter = { fromNodes: ["node4"], toOutputs: ["M"], nodeNames: ["node3"], toNodes: ["node4"] };
  expect(() => COMPLEX.filter(filter)).toThrow(/No node of the pipeline/);
});

const TAGGED = steps(
  "node1: E -> ",
  "node2: D -> E #tag1 #tag2",
  "node3: C -> D",
  "node4: A -> B #tag2",
  "node5: B -> C",
  "node6: start -> A #tag1",
);

test.each<[string[], string[]]>([
  [["tag1"], ["node2", "node6"]],
  [["tag2"], ["node2", "node4"]],
  [
    ["tag2", "tag1"],
    ["node2", "node4", "node6"],
  ],
  [
    ["tag1", "tag2", "tag-missing"],
    ["node2", "node4", "node6"],
  ],
  [["tag-missing"], []],
  [[], []],
])("onlyNodesWithTags(%j) keeps what Kedro keeps", (tags, expected) => {
  expect(names(TAGGED.onlyNodesWithTags(...tags)).toSorted()).toEqual(expected);
});

const within = (name: string, inputs: string, outputs: string, namespace: string) =>
  node({ func: identity, name, inputs, outputs, namespace });

const NAMESPACES = pipeline([
  within("node1", "A", "B", "katie"),
  within("node2", "B", "C", "lisa"),
  within("node3", "C", "D", "john"),
  within("node4", "D", "E", "katie.lisa"),
  within("node5", "E", "F", "lisa.john"),
  within("node6", "F", "G", "katie.lisa.john"),
]);

test.each<[string, string[]]>([
  ["katie", ["katie.lisa.john.node6", "katie.lisa.node4", "katie.node1"]],
  ["lisa", ["lisa.john.node5", "lisa.node2"]],
  ["john", ["john.node3"]],
  ["katie.lisa", ["katie.lisa.john.node6", "katie.lisa.node4"]],
  ["katie.lisa.john", ["katie.lisa.john.node6"]],
])(
  "onlyNodesWithNamespaces(%s) keeps the namespace and those within it, as Kedro does",
  (namespace, expected) => {
    expect(names(NAMESPACES.onlyNodesWithNamespaces(namespace)).toSorted()).toEqual(expected);
    expect(names(NAMESPACES.filter({ nodeNamespaces: [namespace] })).toSorted()).toEqual(expected);
  },
);

test.each([
  ["x.a", "x.a", true],
  ["x.b", "x.a", false],
  ["x", "x.a", false],
  ["x.a", "x", true],
  ["xx", "x", false],
])("a node of namespace %s is in %s: %p", (namespace, asked, isIn) => {
  const made = pipeline([within("n", "A", "B", namespace)]);
  const found = () => made.onlyNodesWithNamespaces(asked).nodes.length;
  if (isIn) expect(found()).toBe(1);
  else expect(found).toThrow(/no namespace/);
});

test.each(["node1", "node2", "node3", "node4", "node5", "node6"])(
  "onlyNodes(%s) suggests the full name when the namespace is missing",
  (name) => {
    expect(() => NAMESPACES.onlyNodes(name)).toThrow(new RegExp(`Did you mean "[\\w.]+\\.${name}"\\?`));
  },
);

const one = (name: string, tags: string[] = []) =>
  pipeline([node({ func: identity, name, inputs: `${name}_in`, outputs: `${name}_out`, tags })]);

test.each<[string, () => Pipeline, string[]]>([
  ["+ of two", () => one("a").plus(one("b")), ["a", "b"]],
  ["+ of the same node counts it once", () => one("a", ["t"]).plus(one("a", ["t"])), ["a"]],
  ["- takes the nodes of the other away", () => one("a").plus(one("b")).minus(one("b")), ["a"]],
  [
    "- with a part in common",
    () =>
      one("a")
        .plus(one("b"))
        .plus(one("c"))
        .minus(one("b").plus(one("d"))),
    ["a", "c"],
  ],
  ["- of nothing", () => one("a").minus(pipeline([])), ["a"]],
  ["- from nothing", () => pipeline([]).minus(one("a")), []],
  ["- of everything", () => one("a").minus(one("a")), []],
  [
    "& keeps what both have",
    () =>
      one("a")
        .plus(one("b"))
        .and(one("b").plus(one("c"))),
    ["b"],
  ],
])("%s, as Kedro's", (_, make, expected) => {
  expect(names(make())).toEqual(expected);
});
