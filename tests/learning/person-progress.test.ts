import { expect, test } from "bun:test";
import type { PersonAnswers } from "../../src/domain/learning/learning-store.ts";
import { personProgress, shownTo } from "../../src/learning/person-progress.ts";

const AT = "2026-01-02T03:04:05.000Z";

/** Drawings of a person from a number on: "." right, "x" wrong, "f" fixed by memory, "b" broken by it, "-" no prediction. */
function answers(signs: string, from = 1): PersonAnswers {
  const PREDICTED = { ".": ["7", null], x: ["1", null], f: ["1", "7"], b: ["7", "1"] } as const;
  return {
    total: from + signs.length - 1,
    from,
    answers: [...signs].flatMap((sign, i) => {
      if (sign === "-") return [];
      const [predicted, shown] = PREDICTED[sign as keyof typeof PREDICTED];
      return { number: from + i, label: "7", predicted, shown, at: AT };
    }),
  };
}

test("shownTo() is the model's own prediction unless memory changed it", () => {
  expect(shownTo({ predicted: "1", shown: null })).toBe("1");
  expect(shownTo({ predicted: "1", shown: "7" })).toBe("7");
});

test("personProgress() counts mistakes per 20 drawings, of the model alone and as shown", () => {
  const { groups, ...all } = personProgress("ann", answers(`${"x".repeat(5)}${".".repeat(15)}ffb..`));
  expect(groups.map(({ from, to, model, shown }) => [from, to, model.n, model.share, shown.share])).toEqual([
    [1, 20, 20, 0.25, 0.25],
    [21, 25, 5, 0.4, 0.2],
  ]);
  expect(all).toMatchObject({ writer: "ann", total: 25, fixed: 2, broken: 1, p: 1 });
  expect([all.model.share, all.shown.share]).toEqual([7 / 25, 6 / 25]);
});

test("personProgress() shows an effect of memory by the exact McNemar test", () => {
  // 2 / 2^8.
  expect(personProgress("ann", answers(`${"f".repeat(8)}${".".repeat(12)}`)).p).toBeCloseTo(2 / 256, 12);
});

test("personProgress() leaves out a group of which only a part was read, and keeps one without early predictions", () => {
  const cut = personProgress("ann", answers("x".repeat(30), 15));
  expect(cut.groups.map(({ from, to }) => [from, to])).toEqual([
    [21, 40],
    [41, 44],
  ]);
  expect(cut.model.n).toBe(24);
  const late = personProgress("ann", answers(`${"-".repeat(6)}${".".repeat(14)}`));
  expect(late.groups).toMatchObject([{ from: 1, to: 20, model: { n: 14, share: 0 } }]);
});

test("personProgress() of no prediction has no group and no share", () => {
  const none = personProgress("ann", answers("---"));
  expect(none).toMatchObject({ total: 3, groups: [], model: { n: 0, share: null }, p: 1 });
});
