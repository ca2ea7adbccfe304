import { expect, test } from "bun:test";
import { skipExistingOutputs } from "../../../src/engine/run/missing-outputs.ts";
import { names, steps } from "../chain.ts";
import { catalogOf, type Shelf } from "./run-setup.ts";

/**
 * The nodes that run. `kept` outlive a run, and are missing but for those marked "!"; all else is held in memory.
 */
async function toRun(texts: string[], kept: string): Promise<string[]> {
  const words = kept.split(" ").filter((word) => word !== "");
  const shelf: Shelf = new Map(
    words.filter((word) => word.endsWith("!")).map((word) => [word.slice(0, -1), 1]),
  );
  const pipeline = steps(...texts);
  const catalog = catalogOf(
    words.map((word) => word.replace("!", "")),
    shelf,
  );
  const skips = await skipExistingOutputs(pipeline, catalog);
  return names(pipeline).filter((name) => !skips.has(name));
}

const CHAIN = ["node1: A -> B", "node2: B -> C"];

// Kedro's own cases, from the tests of its `only_missing_outputs`.
test.each<[string, string[], string, string[]]>([
  ["everything when every output is missing", ["n: input -> output"], "output", ["n"]],
  ["nothing when the last output exists and those before it are in memory", CHAIN, "C!", []],
  [
    "the whole chain when the last output is missing and those before it are in memory",
    CHAIN,
    "C",
    ["node1", "node2"],
  ],
  ["only from the first missing output on when those before it exist", CHAIN, "B! C", ["node2"]],
  [
    "in each branch what is missing there",
    ["nodeA: input -> A", "nodeB: A -> B", "nodeC: input -> C", "nodeD: C -> D"],
    "A! B C! D",
    ["nodeB", "nodeD"],
  ],
  [
    "branches with missing ends, and in them what was in memory",
    ["a: i1 -> memA", "b: memA -> A", "c: i1 -> memC", "d: memC -> C", "e: i2 -> memE", "f: memE -> E"],
    "A! C E",
    ["c", "e", "d", "f"],
  ],
  [
    "no node that only a skipped one needs",
    ["nodeA: input -> memA", "nodeB: memA, memC -> B", "nodeC: input -> memC"],
    "B!",
    [],
  ],
  [
    "all of a diamond when its end is missing",
    ["shared: input -> s", "nodeB: s -> B", "nodeC: s -> C", "nodeD: B, C -> D"],
    "D",
    ["shared", "nodeB", "nodeC", "nodeD"],
  ],
  ["nothing that is only ever held in memory", ["n: input -> x"], "", []],
  ["a node with one output missing and one in memory", ["n: input -> x, y"], "y", ["n"]],
  [
    "nodes without outputs, always",
    ["node1: input -> mid", "show: mid -> ", "node3: mid -> final"],
    "mid! final!",
    ["show"],
  ],
  [
    "nodes without outputs, and nothing else, in a longer pipeline that is all there",
    ["n1: input -> d1", "log1: d1 -> ", "n2: d1 -> d2", "log2: d2 -> ", "n3: d2 -> end"],
    "d1! d2! end!",
    ["log1", "log2"],
  ],
  [
    "what makes the memory that a node without outputs reads",
    ["make: input -> m", "show: m -> "],
    "",
    ["make", "show"],
  ],
])("--only-missing-outputs runs %s", async (_, texts, kept, expected) => {
  expect(await toRun(texts, kept)).toEqual(expected);
});

test("skipExistingOutputs() says why it skips a node", async () => {
  const skips = await skipExistingOutputs(steps("n: a -> b"), catalogOf(["b"], new Map([["b", 1]])));
  expect(skips.get("n")).toEqual({ cause: "outputs_exist", reason: "its outputs exist" });
});
