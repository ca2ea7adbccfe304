import { expect, test } from "bun:test";
import { commandForPicture, commandsFor } from "../../src/graph/commands.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import { graphOf, query } from "./support.ts";

const GRAPH = graphOf(["a: raw params:p -> x #one", "b: x -> y #two", "ns.c: y -> z"]);
const of = (key: string) => {
  const asked = query({ kinds: ["node", "dataset", "parameter"] });
  const element = pictureOf(GRAPH, asked).elements.find((candidate) => candidate.key === key)!;
  return commandsFor(GRAPH, asked, element).map(({ command }) => command);
};
const shown = (change: Parameters<typeof query>[0]) => {
  const asked = query(change);
  return commandForPicture(GRAPH, asked, pictureOf(GRAPH, asked))?.command ?? null;
};

test("commandsFor() runs a node alone, from it on, or up to it", () => {
  expect(of("node:b")).toEqual([
    "tegaki run --pipeline p --nodes b",
    "tegaki run --pipeline p --from-nodes b",
    "tegaki run --pipeline p --to-nodes b",
  ]);
});

test("commandsFor() runs from a dataset that is read and to one that is written", () => {
  expect(of("dataset:raw")).toEqual(["tegaki run --pipeline p --from-inputs raw"]);
  expect(of("dataset:z")).toEqual(["tegaki run --pipeline p --to-outputs z"]);
  expect(of("dataset:x")).toHaveLength(2);
  expect(of("parameter:params:p")).toEqual(["tegaki run --pipeline p --from-inputs params:p"]);
});

test("commandsFor() runs a namespace", () => {
  expect(of("namespace:ns")).toEqual(["tegaki run --pipeline p --namespaces ns"]);
});

test("commandForPicture() runs exactly what is shown", () => {
  expect(shown({})).toBe("tegaki run --pipeline p");
  expect(shown({ tags: ["one"] })).toBe("tegaki run --pipeline p --tags one");
  expect(shown({ focus: "node:b", reach: "up" })).toBe("tegaki run --pipeline p --nodes a,b");
  expect(shown({ hidden: ["node:a"] })).toBe("tegaki run --pipeline p --nodes b,ns.c");
  expect(shown({ kinds: ["dataset"], expanded: ["ns"] })).toBeNull();
});

test("commandForPicture() leaves the default pipeline's name out", () => {
  const graph = { ...GRAPH, pipelines: [{ ...GRAPH.pipelines[0]!, name: "__default__" }] };
  const asked = query({ pipeline: "__default__" });
  expect(commandForPicture(graph, asked, pictureOf(graph, asked))?.command).toBe("tegaki run");
});
