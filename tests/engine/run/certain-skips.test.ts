import { expect, test } from "bun:test";
import fc from "fast-check";
import { type Node, node } from "../../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { CertainSkips } from "../../../src/engine/run/certain-skips.ts";

/** Node i reads outputs of earlier nodes. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((reads) =>
    pipeline(
      reads.map((list, i) => {
        const inputs = [...new Set(list.map((n) => (i === 0 ? "in" : `d${n % i}`)))];
        return node({ func: () => 1, name: `n${i}`, inputs: ["in", ...inputs], outputs: `d${i}` });
      }),
    ),
  );

/** The definition, by recursion. */
function isCertain(
  made: Pipeline,
  one: Node,
  unchanged: ReadonlySet<string>,
  held: ReadonlySet<string>,
): boolean {
  const output = one.outputs[0]!;
  const readers = held.has(output) ? made.childrenOf(one) : [];
  return unchanged.has(one.name) && readers.every((reader) => isCertain(made, reader, unchanged, held));
}

test("CertainSkips has a node exactly when it and all that need it from memory are unchanged, in whatever order that is set", () => {
  const changes = fc.array(fc.record({ at: fc.nat(), isUnchanged: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(graphs, fc.array(fc.nat()), changes, (made, heldAt, steps) => {
      const held = new Set(heldAt.map((n) => `d${n % made.nodes.length}`));
      const skips = new CertainSkips(made, new Set(), (output) => held.has(output));
      const unchanged = new Set<string>();
      for (const { at, isUnchanged } of steps) {
        const one = made.nodes[at % made.nodes.length]!;
        if (isUnchanged) unchanged.add(one.name);
        else unchanged.delete(one.name);
        skips.set(one, isUnchanged);
        for (const each of made.nodes)
          expect([each.name, skips.has(each)]).toEqual([each.name, isCertain(made, each, unchanged, held)]);
      }
    }),
    { seed: 9, numRuns: 150 },
  );
});

test("CertainSkips keeps a node that is planned to be skipped", () => {
  const made = pipeline([node({ func: () => 1, name: "a", inputs: "in", outputs: "x" })]);
  const [a] = made.nodes;
  const skips = new CertainSkips(made, new Set([a!]), () => true);
  skips.set(a!, false);
  expect(skips.has(a!)).toBe(true);
});
