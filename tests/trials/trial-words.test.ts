import { expect, test } from "bun:test";
import { EMPTY_TALLY, type Trial } from "../../src/domain/trials/trial.ts";
import { decisionOf } from "../../src/trials/decide.ts";
import { adviceWords, decisionWords, oddsOf } from "../../src/trials/trial-words.ts";
import { en } from "../../views/i18n/en.ts";
import { sayingWords } from "../../views/i18n/saying-words.ts";
import { textIn } from "../../views/i18n/text.ts";
import { RULES } from "./support.ts";

function trial(kind: Trial["kind"], tally: Partial<Trial["tally"]>, rules = RULES): Trial {
  return {
    ...{ id: 1, kind, champion: 4, other: 5, state: "running", outcome: null, deployment: null },
    ...{ startedBy: null, endedBy: null, reason: "", endReason: null, rules, writersBefore: 0 },
    ...{ seenArrival: null, isStale: false, createdAt: "", startedAt: null, endedAt: null },
    tally: { ...EMPTY_TALLY, n: 90, championOnly: 7, otherOnly: 31, ...tally },
  };
}

const promoting = { ...RULES, withoutDifference: "promote" as const };
const DECIDED = [
  ["promoted", trial("challenge", { better: 4.3 })],
  ["promoted", trial("challenge", { n: 5_000 }, promoting)],
  ["worse", trial("challenge", { worse: 4.3 })],
  ["no_difference", trial("challenge", { n: 5_000 })],
  ["rolled_back", trial("watch", { better: 4.3 })],
  ["confirmed", trial("watch", { worse: 4.3 })],
  ["confirmed", trial("watch", { n: 5_000 })],
] as const;

test.each(DECIDED)("decisionOf() says %s", (expected, { kind, rules, tally }) => {
  expect(decisionOf({ kind, rules, tally })).toBe(expected);
});

test("decisionOf() says nothing while neither evidence nor labels are enough", () => {
  for (const kind of ["challenge", "watch"] as const) {
    expect(decisionOf(trial(kind, { better: 3.9, worse: 3.9, n: 4_999 }))).toBeNull();
  }
});

test("each trial.* text is the sentence of a decision, in both languages", () => {
  const sentences = [
    ...DECIDED.map(([decision, of]) => decisionWords(of, decision)),
    decisionWords(trial("watch", { better: 4.3 }), "worse_champion"),
    adviceWords(trial("watch", { better: 4.3 }), "rolled_back"),
  ];
  const keys = sentences.map(({ message, says }) => {
    expect(sayingWords(textIn("en"), "trial", says!)).toBe(message);
    expect(sayingWords(textIn("ja"), "trial", says!)).toMatch(/^[^{}]*[ぁ-ん][^{}]*。$/);
    return `trial.${says!.key}`;
  });
  const texts = Object.keys(en).filter((key) => key.startsWith("trial."));
  expect(keys.toSorted()).toEqual(texts.toSorted());
});

test("oddsOf() is at least 1 and has separators", () => {
  expect([-3, 0, 4.301, 99].map(oddsOf)).toEqual(["1", "1", "19,998", "1,000,000,000,000"]);
});
