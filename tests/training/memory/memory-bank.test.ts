import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { contributionOf, MEMORY_BLEND } from "../../../src/training/memory/blend.ts";
import { cosineOf } from "../../../src/training/memory/cosine.ts";
import { featureSpread } from "../../../src/training/memory/feature-spread.ts";
import { evidenceOf } from "../../../src/training/memory/memory-bank.reference.ts";
import { MemoryBank } from "../../../src/training/memory/memory-bank.ts";

const CLASSES = ["0", "1", "2"];
const SPREAD = 0.7;

/** Features as behind a relu: most are 0. */
function features(width: number, seed: number): Float32Array {
  const random = createRandom(seed).fork("features");
  return Float32Array.from({ length: width }, () => Math.max(0, random.next() - 0.6));
}

function filled(width: number, n: number, maxRows = 1_000) {
  const bank = new MemoryBank(width, maxRows);
  const rows = Array.from({ length: n }, (_, i) => ({
    ...{ id: `s${i}`, label: CLASSES[i % 3]! },
    features: features(width, i + 1),
  }));
  for (const { features: row, ...drawing } of rows) bank.add(drawing, row);
  return { bank, rows };
}

describe("recall()", () => {
  test.each([
    [1, 0],
    [1, 1],
    [7, 3],
    [33, 31],
    [33, 33],
    [1_024, 65],
  ])("agrees with the reference at %d features and %d drawings", (width, n) => {
    const { bank, rows } = filled(width, n);
    const query = features(width, 99);
    const { evidence } = bank.recall(query, CLASSES, MEMORY_BLEND, SPREAD);
    const expected = evidenceOf(rows, query, CLASSES, MEMORY_BLEND, SPREAD);
    for (const [k, value] of expected.entries()) expect(evidence[k]!).toBeCloseTo(value, 4);
  });

  test("names the drawings that spoke, the strongest first, and no others", () => {
    const bank = new MemoryBank(3, 10);
    bank.add({ id: "same", label: "1" }, Float32Array.of(1, 0, 0));
    bank.add({ id: "near", label: "2" }, Float32Array.of(1, 0.9, 0));
    bank.add({ id: "far", label: "0" }, Float32Array.of(0, 0, 1));
    const { evidence, spoke } = bank.recall(Float32Array.of(2, 0, 0), CLASSES, MEMORY_BLEND, 0.5);
    expect(spoke.map(({ id }) => id)).toEqual(["same", "near"]);
    expect(spoke[0]!.nats).toBe(MEMORY_BLEND.weight);
    expect(evidence[0]).toBeLessThan(0.01);
  });

  test("ignores labels that the model does not have, and a query without any feature", () => {
    const bank = new MemoryBank(2, 10);
    bank.add({ id: "a", label: "z" }, Float32Array.of(1, 0));
    bank.add({ id: "b", label: "1" }, Float32Array.of(1, 0));
    expect(bank.recall(Float32Array.of(1, 0), CLASSES, MEMORY_BLEND, 1).spoke.map(({ id }) => id)).toEqual([
      "b",
    ]);
    expect([...bank.recall(Float32Array.of(0, 0), CLASSES, MEMORY_BLEND, 1).evidence]).toEqual([0, 0, 0]);
  });

  test("a label with many drawings does not outvote one with few: only the nearest of each count", () => {
    const bank = new MemoryBank(2, 500);
    for (let n = 0; n < 300; n++) bank.add({ id: `many ${n}`, label: "1" }, Float32Array.of(1, 0.8));
    for (let n = 0; n < 3; n++) bank.add({ id: `few ${n}`, label: "2" }, Float32Array.of(1, 0.1));
    const { evidence, spoke } = bank.recall(Float32Array.of(1, 0), CLASSES, MEMORY_BLEND, 0.5);
    expect(spoke.map(({ label }) => label)).toEqual(["2", "2", "2", "1", "1", "1"]);
    expect(evidence[1]!).toBeLessThan(evidence[2]!);
    expect(evidence[2]!).toBe(3 * MEMORY_BLEND.weight);
  });

  test("is the same whatever the lengths of the features", () => {
    const { bank } = filled(16, 6);
    const query = features(16, 50);
    const longer = query.map((value) => 1_000 * value);
    const [a, b] = [query, longer].map((one) => bank.recall(one, CLASSES, MEMORY_BLEND, SPREAD).evidence);
    for (const k of CLASSES.keys()) expect(a![k]!).toBeCloseTo(b![k]!, 4);
  });
});

describe("add() and remove()", () => {
  test("a removed drawing says nothing any more, and the others say what they said", () => {
    const { bank, rows } = filled(12, 5);
    const query = features(12, 77);
    expect(bank.remove("s1")).toBeTrue();
    expect(bank.remove("s1")).toBeFalse();
    const { evidence } = bank.recall(query, CLASSES, MEMORY_BLEND, SPREAD);
    const expected = evidenceOf(rows.toSpliced(1, 1), query, CLASSES, MEMORY_BLEND, SPREAD);
    for (const [k, value] of expected.entries()) expect(evidence[k]!).toBeCloseTo(value, 4);
  });

  test("a corrected label takes the place of the old one", () => {
    const bank = new MemoryBank(2, 10);
    bank.add({ id: "a", label: "1" }, Float32Array.of(1, 0));
    bank.add({ id: "a", label: "2" }, Float32Array.of(1, 0));
    expect(bank.size).toBe(1);
    expect(bank.labelOf("a")).toBe("2");
    expect([...bank.recall(Float32Array.of(1, 0), CLASSES, MEMORY_BLEND, 1).evidence]).toEqual([0, 0, 8]);
  });

  test("a full bank forgets the oldest of the label with the most drawings", () => {
    const bank = new MemoryBank(1, 4);
    for (const [id, label] of [
      ["a", "1"],
      ["b", "2"],
      ["c", "2"],
      ["d", "2"],
      ["e", "1"],
    ] as const) {
      bank.add({ id, label }, Float32Array.of(1));
    }
    expect(["a", "b", "c", "d", "e"].filter((id) => bank.labelOf(id) !== undefined)).toEqual([
      "a",
      "c",
      "d",
      "e",
    ]);
  });

  test("refuses another width and values that are not finite, and keeps what it has", () => {
    const { bank } = filled(4, 2);
    expect(() => bank.add({ id: "x", label: "1" }, new Float32Array(3))).toThrow(
      "expected 4 features, found 3",
    );
    expect(() => bank.add({ id: "s0", label: "1" }, Float32Array.of(1, 2, Number.NaN, 0))).toThrow(
      "not a finite",
    );
    expect(bank.size).toBe(2);
    expect(bank.labelOf("s0")).toBe("0");
  });
});

test("contributionOf() is whole within the radius, and only falls beyond it", () => {
  const { weight, radius } = MEMORY_BLEND;
  expect(contributionOf(0, MEMORY_BLEND)).toBe(weight);
  expect(contributionOf(radius, MEMORY_BLEND)).toBe(weight);
  const beyond = Array.from({ length: 20 }, (_, i) => contributionOf(radius + i / 10, MEMORY_BLEND));
  for (const [i, value] of beyond.slice(1).entries()) expect(value).toBeLessThan(beyond[i]!);
  expect(contributionOf(3, MEMORY_BLEND)).toBeLessThan(1e-9);
});

test("featureSpread() is the median distance of all pairs, and 1 where nothing differs", () => {
  const [x, y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  expect(featureSpread([x, y])).toBe(1);
  expect(featureSpread([x, x, Float32Array.of(1, 1)])).toBeCloseTo(1 - Math.SQRT1_2, 6);
  expect(featureSpread([x, x])).toBe(1);
  expect(featureSpread([])).toBe(1);
});

describe("neighbours()", () => {
  test.each([
    [1, 1],
    [7, 3],
    [1_024, 65],
  ])(
    "are the distances of the reference's cosines at %d features and %d drawings, within 1e-5",
    (width, n) => {
      const { bank, rows } = filled(width, n);
      const query = features(width, 99);
      const found = bank.neighbours(query, SPREAD);
      expect(found.map(({ label }) => label)).toEqual(rows.map(({ label }) => label));
      for (const [i, { distance }] of found.entries()) {
        expect(distance).toBeCloseTo(Math.max(0, 1 - cosineOf(rows[i]!.features, query)) / SPREAD, 5);
      }
    },
  );

  test("of an image without features are all as far as can be", () => {
    const { bank } = filled(4, 3);
    expect(bank.neighbours(new Float32Array(4), 0.5).map(({ distance }) => distance)).toEqual([2, 2, 2]);
    expect([...bank.labels()]).toEqual(["0", "1", "2"]);
  });
});
