import { expect, test } from "bun:test";
import fc from "fast-check";
import type { GraphEdge } from "../../../src/graph/elements.ts";
import { withoutCycles } from "../../../src/graph/layout/acyclic.ts";
import { neighbours, reachable } from "../../../src/graph/lineage.ts";

const edges = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 20, selector: String })
  .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b]) => ({ from: `${a}`, to: `${b}` })));

function hasCycle(of: readonly GraphEdge[]): boolean {
  const next = neighbours(of, "from", "to");
  return of.some(({ from }) => reachable([from], next).has(from));
}

test("withoutCycles() leaves no cycle, and everything where there was none", () => {
  fc.assert(
    fc.property(edges, (given) => {
      const left = withoutCycles(given);
      expect(hasCycle(left)).toBe(false);
      if (!hasCycle(given)) expect(left).toEqual(given);
      for (const edge of left) expect(given).toContainEqual(edge);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test("withoutCycles() takes a path of 50,000 edges", () => {
  const path = Array.from({ length: 50_000 }, (_, i) => ({ from: `${i}`, to: `${i + 1}` }));
  expect(withoutCycles([...path, { from: "50000", to: "0" }])).toEqual(path);
});
