import { expect, test } from "bun:test";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { skipFinished } from "../../../src/engine/run/resume.ts";
import { names, steps } from "../chain.ts";
import { catalogOf } from "./run-setup.ts";

/*
 * Kedro's own cases, from the tests of its resume suggestion. Names that start with "_" are held in memory.
 */
const ASYMMETRIC = ["node1: ds0_A -> _1", "node2: ds0_B -> _2", "node3: _1 -> _3", "node4: _2, _3 -> _4"];
const TRIANGULAR = ["node1: ds0_A -> _1", "node2: _1 -> ds2_A", "node3: ds2_A, _1 -> _3"];
const CROSSED = [
  "node1_A: ds0_A -> _1_A",
  "node1_B: ds0_B -> _1_B",
  "node2: _1_A, _1_B -> ds2_A, ds2_B",
  "node3_A: ds2_A -> _3_A",
  "node3_B: ds2_B -> _3_B",
  "node4_A: _3_A -> _4_A",
  "node4_B: _3_B -> _4_B",
];
const KEPT = ["ds0_A", "ds0_B", "ds2_A", "ds2_B"];

async function resumed(texts: string[], unfinished: string[], kept: string[] = KEPT) {
  const all = steps(...texts);
  const catalog = catalogOf(kept);
  const skips = await skipFinished(all, {
    runId: "r0",
    nodes: new Set(names(all).filter((name) => !unfinished.includes(name))),
    isKept: (dataset) => catalog.isPersistent(dataset),
  });
  return pipeline(all.nodes.filter(({ name }) => !skips.has(name)));
}

const CASES: [string[], string[], string[]][] = [
  [ASYMMETRIC, ["node2", "node3", "node4"], ["node1", "node2"]],
  [ASYMMETRIC, ["node3", "node4"], ["node1", "node2"]],
  [ASYMMETRIC, ["node4"], ["node1", "node2"]],
  [ASYMMETRIC, [], []],
  [TRIANGULAR, ["node3"], ["node1"]],
  [CROSSED, CROSSED.map((text) => text.split(":")[0]!), ["node1_A", "node1_B"]],
  [CROSSED, ["node2", "node3_A", "node3_B", "node4_A", "node4_B"], ["node1_A", "node1_B"]],
  [CROSSED, ["node3_A", "node3_B", "node4_A", "node4_B"], ["node3_A", "node3_B"]],
  [CROSSED, ["node4_A", "node4_B"], ["node3_A", "node3_B"]],
  [CROSSED, ["node4_A"], ["node3_A"]],
  [CROSSED, ["node3_A", "node4_A"], ["node3_A"]],
];

test.each(CASES)(
  "a resumed run of %j with %j unfinished begins with %j",
  async (texts, unfinished, first) => {
    const toRun = await resumed(texts, unfinished);
    expect((toRun.groupedNodes[0] ?? []).map(({ name }) => name)).toEqual(first);
  },
);

test.each(CASES)(
  "a resumed run of %j with %j unfinished begins the same with parameters read by all",
  async (texts, unfinished, first) => {
    const shared = texts.map((text) => text.replace(" ->", ", params:p, dsY ->"));
    const toRun = await resumed(shared, unfinished, [...KEPT, "dsY"]);
    expect((toRun.groupedNodes[0] ?? []).map(({ name }) => name)).toEqual(first);
  },
);

test.each(CASES)(
  "a resumed run of %j repeats exactly %j when everything was saved",
  async (texts, unfinished) => {
    const everything = steps(...texts).datasets();
    const toRun = await resumed(texts, unfinished, everything);
    expect(names(toRun).toSorted()).toEqual(unfinished.toSorted());
  },
);

test("a resumed run does not repeat what is saved though something before it is repeated, unlike Kedro's --from-nodes", async () => {
  expect(names(await resumed(TRIANGULAR, ["node3"]))).toEqual(["node1", "node3"]);
});

test("skipFinished() says in which run a node was done", async () => {
  const finished = { runId: "r0", nodes: new Set(["n"]), isKept: () => true };
  const skips = await skipFinished(steps("n: a -> b"), finished);
  expect([...skips]).toEqual([["n", { cause: "finished", reason: "done in run r0" }]]);
});
