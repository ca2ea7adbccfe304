import { expect, test } from "bun:test";
import { checkKind, placeOf } from "../../../src/domain/queue/check-choice.ts";
import { answerKey, answerOfKey, contradicting, type Opinion } from "../../../src/domain/queue/opinion.ts";
import { createRandom } from "../../../src/lib/random.ts";

const opinion = (change: Partial<Opinion>): Opinion => ({
  ...{ id: 1, sampleId: "s", kind: "second", labeller: "ann", answer: { kind: "label", label: "7" } },
  ...{ expected: "1", at: "2026-01-02T03:04:05.000Z" },
  ...change,
});

test("answerOfKey() is the inverse of answerKey(), also for labels that look like another answer", () => {
  const answers = [
    ...[{ kind: "none" as const }, { kind: "discard" as const }],
    ...["7", "none", "label:7", "__proto__"].map((label) => ({ kind: "label" as const, label })),
  ];
  expect(answers.map((answer) => answerOfKey(answerKey(answer)))).toEqual(answers);
  expect(new Set(answers.map(answerKey)).size).toBe(answers.length);
  expect(() => answerOfKey("7")).toThrow('Expected "none", "discard" or "label:…", found "7"');
});

test("contradicting() has the second opinions that are not the current label, whatever it was then", () => {
  const opinions = [
    opinion({ id: 1 }),
    opinion({ id: 2, answer: { kind: "label", label: "1" } }),
    opinion({ id: 3, answer: { kind: "none" } }),
    opinion({ id: 4, kind: "known" }),
  ];
  const idsFor = (label: string | null) => contradicting(opinions, label).map(({ id }) => id);
  expect(idsFor("1")).toEqual([1, 3]);
  expect(idsFor("7")).toEqual([2, 3]);
});

test("checkKind() gives each kind its share of the draws", () => {
  const shares = { second: 0.05, known: 0.03 };
  const draws = Array.from({ length: 1_000 }, (_, i) => checkKind(i / 1_000, shares));
  expect(draws.filter((kind) => kind === "known")).toHaveLength(30);
  expect(draws.filter((kind) => kind === "second")).toHaveLength(50);
  expect(checkKind(0, { second: 0, known: 0 })).toBeNull();
  expect(checkKind(0.999, { second: 0.5, known: 0.5 })).toBe("second");
});

test("placeOf() is the same for the same labeller and draw, and spread evenly over all identities", () => {
  expect(placeOf("ann", 0.25)).toEqual(placeOf("ann", 0.25));
  expect(placeOf("ann", 0.25)).not.toEqual(placeOf("bob", 0.25));
  const random = createRandom(3);
  const bins = Array.from({ length: 8 }, () => 0);
  for (let i = 0; i < 4_000; i++) bins[placeOf("ann", random.next())[0]! >> 5]! += 1;
  for (const n of bins) expect(Math.abs(n - 500)).toBeLessThan(110);
});
