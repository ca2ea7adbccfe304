import { expect, test } from "bun:test";
import type { TrialPair, TrialRules } from "../../src/domain/trials/trial.ts";
import { logEvidence } from "../../src/trials/evidence.ts";
import { tallyOf } from "../../src/trials/tally.ts";
import { RULES } from "./support.ts";

let arrivals = 0;

/** A pair of a drawing of a 7, of which each model is correct or not. */
function pair(champion: boolean, other: boolean, change: Partial<TrialPair> = {}): TrialPair {
  const id = String(++arrivals).padStart(6, "0");
  return {
    ...{ sampleId: id, arrival: id, label: "7", writer: null, isPrompted: true },
    championLabel: champion ? "7" : "1",
    otherLabel: other ? "7" : "2",
    ...change,
  };
}

const times = (n: number, make: (i: number) => TrialPair) => Array.from({ length: n }, (_, i) => make(i));

test("tallyOf() counts pairs, their classes and the evidence of the decisive ones", () => {
  const pairs = [
    ...times(5, () => pair(true, true)),
    ...times(3, () => pair(false, true)),
    pair(true, false, { label: "7", isPrompted: false }),
    pair(false, false),
    pair(false, false, { label: "1", championLabel: "1" }),
  ];
  const tally = tallyOf(pairs, RULES, 0);
  expect(tally).toMatchObject({
    n: 11,
    bothCorrect: 5,
    championOnly: 2,
    otherOnly: 3,
    neither: 1,
    capped: 0,
  });
  expect(tally.unprompted).toEqual({ championOnly: 1, otherOnly: 0 });
  expect(tally.byClass).toEqual({
    "1": { n: 1, championOnly: 1, otherOnly: 0 },
    "7": { n: 10, championOnly: 1, otherOnly: 3 },
  });
  expect(tally.better).toBeCloseTo(logEvidence(3, 2) / Math.LN10, 12);
  expect(tally.worse).toBeCloseTo(logEvidence(2, 3, 0.6) / Math.LN10, 12);
});

test("tallyOf() leaves out a pair whose label was withdrawn", () => {
  expect(tallyOf([pair(true, false), pair(false, true, { label: null })], RULES, 0)).toMatchObject({
    ...{ n: 1, championOnly: 1, otherOnly: 0 },
  });
});

test("tallyOf() ends its curve with the last pair, and has at most 121 points", () => {
  const tally = tallyOf(
    times(1_003, (i) => pair(i % 9 !== 0, i % 7 !== 0)),
    RULES,
    0,
  );
  expect(tally.curve.length).toBeLessThanOrEqual(121);
  expect(tally.curve.at(-1)).toEqual({ n: 1_003, better: tally.better, worse: tally.worse });
});

test("tallyOf() lets one person alone decide, with or without a name", () => {
  const alone = (writer: string | null) => times(40, () => pair(false, true, { writer }));
  expect(tallyOf(alone(null), RULES, 0)).toMatchObject({ otherOnly: 40, capped: 0 });
  expect(tallyOf(alone("ann"), RULES, 1)).toMatchObject({ otherOnly: 40, capped: 0 });
});

test("tallyOf() counts 8 decisive pairs of one writer where 5 others labelled before", () => {
  const pairs = times(40, () => pair(false, true, { writer: "mallory" }));
  expect(tallyOf(pairs, RULES, 6)).toMatchObject({ otherOnly: 8, capped: 32 });
});

test("tallyOf() limits a writer to a quarter of the decisive pairs, and nobody else", () => {
  const writers = ["ann", "bob", "cem", "dee", "eve"];
  const pairs = times(
    200,
    (i) =>
      [pair(true, false, { writer: writers[i % 5]! }), pair(false, true, { writer: "mallory" })] as never,
  ).flat() as TrialPair[];
  const tally = tallyOf(pairs, RULES, 5);
  expect(tally.championOnly).toBe(200);
  expect(tally.otherOnly / (tally.otherOnly + 200)).toBeCloseTo(0.25, 1);
  expect(tally.otherOnly / (tally.otherOnly + 200)).toBeLessThanOrEqual(0.25);
});

test("tallyOf() counts labels without a writer as one writer where others have names", () => {
  const pairs = times(40, () => pair(false, true));
  expect(tallyOf(pairs, RULES, 5)).toMatchObject({ otherOnly: 8, capped: 32 });
});

test("tallyOf() always counts pairs that are not decisive", () => {
  const pairs = times(40, () => pair(true, true, { writer: "mallory" }));
  expect(tallyOf(pairs, RULES, 9)).toMatchObject({ n: 40, capped: 0 });
});

test("worse evidence needs more where people may overlook mistakes of the champion", () => {
  const pairs = [...times(14, () => pair(true, false)), ...times(6, () => pair(false, true))];
  const strict: TrialRules = { ...RULES, unnoticedMistakes: 0 };
  expect(tallyOf(pairs, RULES, 0).worse).toBeLessThan(tallyOf(pairs, strict, 0).worse);
});
