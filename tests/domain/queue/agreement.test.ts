import { expect, test } from "bun:test";
import {
  agreementReport,
  confusedIn,
  LEAST_COMMON,
  LEAST_FOLLOWED,
  labellerScore,
} from "../../../src/domain/queue/agreement.ts";
import type { AgreementCounts, LabellerCounts } from "../../../src/domain/queue/opinion-store.ts";

const pair = (first: string, second: string, n: number) => ({
  ...{ first: `label:${first}`, second: second.length > 1 ? second : `label:${second}`, n },
});
const COUNTS: AgreementCounts = {
  ...{ opinions: 9, drawings: 8, moreLabellers: 2, knownPool: 19, contested: [] },
  firstPairs: [
    pair("1", "1", 20),
    pair("1", "7", 3),
    pair("7", "1", 2),
    pair("4", "none", 1),
    pair("7", "7", 9),
  ],
  byLabellers: [
    { labellers: ["ann", "bob"], pairs: [pair("1", "1", LEAST_COMMON)] },
    { labellers: ["ann", "eve"], pairs: [pair("1", "1", LEAST_COMMON - 1)] },
  ],
};
const SCORE: LabellerCounts = {
  ...{ labeller: "ann", answers: 100, known: 20, right: 18, shared: 10, equal: 9 },
  ...{ followed: LEAST_FOLLOWED, activeMs: 60_000, lastAt: "2026-01-02T03:04:05.000Z" },
};

test("confusedIn() counts two answers together whichever came first, the most frequent first", () => {
  expect(confusedIn(COUNTS.firstPairs)).toEqual([
    {
      answers: [
        { kind: "label", label: "1" },
        { kind: "label", label: "7" },
      ],
      n: 5,
      of: 34,
    },
    { answers: [{ kind: "label", label: "4" }, { kind: "none" }], n: 1, of: 1 },
  ]);
  expect(confusedIn([pair("1", "1", 5)])).toEqual([]);
});

test("agreementReport() lists pairs of labellers with enough drawings in common, and counts the others", () => {
  const report = agreementReport(COUNTS);
  expect(report.pairs.map(({ labellers }) => labellers)).toEqual([["ann", "bob"]]);
  expect(report.morePairs).toBe(3);
  expect(report.all.equal).toMatchObject({ n: 35, share: 29 / 35 });
  expect(report.all.kappa).not.toBeNull();
});

test("agreementReport() has enough known answers from 20 on", () => {
  expect(agreementReport(COUNTS).known).toEqual({ pool: 19, least: 20, isEnough: false });
  expect(agreementReport({ ...COUNTS, knownPool: 20 }).known.isEnough).toBe(true);
});

test("labellerScore() has 18 of 20 with Wilson's interval, 70 to 97 %", () => {
  const { known, others } = labellerScore(SCORE);
  expect(known).toMatchObject({ right: 18, n: 20, share: 0.9 });
  expect([known.low!.toFixed(2), known.high!.toFixed(2)]).toEqual(["0.70", "0.97"]);
  expect(others).toMatchObject({ equal: 9, n: 10, share: 0.9 });
  expect(labellerScore({ ...SCORE, known: 0, right: 0 }).known).toMatchObject({
    n: 0,
    share: null,
    low: null,
  });
});

test("labellerScore() tells the pace from 30 answers without a pause on", () => {
  expect(labellerScore(SCORE).perHour).toBe(30 * 60);
  expect(labellerScore({ ...SCORE, followed: LEAST_FOLLOWED - 1 }).perHour).toBeNull();
  expect(labellerScore({ ...SCORE, activeMs: 0 }).perHour).toBeNull();
});
