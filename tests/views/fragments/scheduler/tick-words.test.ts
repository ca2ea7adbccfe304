import { expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import type { SchedulerTick } from "../../../../src/domain/scheduler/tick.ts";
import { cronTimes } from "../../../../src/lib/cron.ts";
import type { Sentence } from "../../../../src/lib/saying.ts";
import { decide } from "../../../../src/scheduler/decision/decide.ts";
import type { Facts } from "../../../../src/scheduler/decision/facts.ts";
import { quietHours } from "../../../../src/scheduler/decision/quiet-hours.ts";
import type { Rules } from "../../../../src/scheduler/decision/rules.ts";
import { firstModelProgress } from "../../../../src/scheduler/first-model.ts";
import { tickWords } from "../../../../views/fragments/scheduler/tick-words.ts";
import { en } from "../../../../views/i18n/en.ts";
import { sayingWords } from "../../../../views/i18n/saying-words.ts";
import { textIn } from "../../../../views/i18n/text.ts";
import { DAY_MS, facts, NOW_MS, rules } from "../../../scheduler/decision/facts.ts";
import { World } from "../../../scheduler/helpers.ts";

const CRON = { schedule: "0 3 * * * UTC", times: cronTimes("0 3 * * *", "UTC") };
const PAST = { schedule: "2020-01-01T00:00:00 UTC", times: cronTimes("2020-01-01T00:00:00", "UTC") };
const DUE = { newSamples: 500 };
const DRIFT = { isDrifting: true, since: null, detail: "" };
const NEEDS = { classes: ["a", "b"], perClass: 1, total: 9, holdoutFraction: 0.2 };
const first = (byLabel: Record<string, number>) => firstModelProgress({ byLabel, toTrain: byLabel }, NEEDS);
const ALL: Partial<Rules> = { corrections: 9, maxAgeMs: DAY_MS, cron: CRON, hasDrift: true };

const SITUATIONS: [Partial<Facts>, Partial<Rules>][] = [
  [{}, ALL],
  [{ corrections: 9, oldestAgeMs: DAY_MS, cronAfterMs: NOW_MS - DAY_MS, drift: DRIFT }, ALL],
  [{ drift: { ...DRIFT, since: "2026-01-02T10:00:00.000Z" } }, { hasDrift: true }],
  [{}, { newSamples: null, cron: PAST }],
  [{}, { newSamples: null }],
  [{ runningRunId: "r1" }, {}],
  [{ approved: { id: 4 } as never }, {}],
  [{ ...DUE, isPaused: true }, {}],
  [{ ...DUE, waitMs: 900 }, {}],
  [{ ...DUE, waitMs: 900, consecutiveFailures: 1 }, {}],
  [{ ...DUE, waitMs: 900, consecutiveFailures: 3 }, {}],
  [DUE, { quiet: quietHours("11:00-13:00", "UTC") }],
  [DUE, { approval: "both" }],
  [{ first: first({ a: 3 }) }, {}],
  [{ first: first({ a: 3, b: 3 }) }, {}],
];

/** The ticks of what people do. */
async function ticksOfPeople(): Promise<Sentence[]> {
  const world = await World.start({ rules: { approval: "run" } });
  for (const reason of [null, "a fair"]) {
    for (const paused of [true, false]) await world.scheduler.setPaused({ paused, by: LOCAL, reason });
  }
  for (const state of ["approved", "declined"] as const) {
    const { id } = await world.store.scheduler.addRequest({
      ...{ kind: "promotion", state: "pending", pipeline: null, trigger: null, runId: null, reason: "" },
      ...{ modelVersion: 2, expectedPrevious: 1, requestedBy: LOCAL },
    });
    await world.scheduler.decide(id, { state, by: LOCAL, via: "page", reason: "seen" });
  }
  const ticks = await world.store.scheduler.ticks();
  return ticks.filter(({ decision }) => decision !== "not_due").map(sentenceOf);
}

function sentenceOf({ detail, says }: SchedulerTick): Sentence {
  return { message: detail, says };
}

const keysIn = ({ key, figures }: NonNullable<Sentence["says"]>): string[] => [
  `tick.${key}`,
  ...Object.values(figures).flatMap((value) => (typeof value === "object" ? keysIn(value) : [])),
];

test("each tick.* text in English is the reason of a decision, in Japanese another one, and none is unused", async () => {
  const decided = SITUATIONS.map(([situation, rule]) => decide(facts(situation), rules(rule), NOW_MS).why);
  const sentences = [...decided, ...(await ticksOfPeople())];
  for (const sentence of sentences) {
    expect(sayingWords(textIn("en"), "tick", sentence.says!)).toBe(sentence.message);
    const words = tickWords(textIn("ja"), sentence);
    expect(words).toMatch(/[ぁ-ん一-龠]/);
    expect(words).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
  }
  const used = new Set(sentences.flatMap(({ says }) => keysIn(says!)));
  expect(used).toEqual(new Set(Object.keys(en).filter((key) => key.startsWith("tick."))));
});

test("tickWords() shows times in the reader's time zone, and an unknown saying in English", () => {
  const { why } = decide(facts({ cronAfterMs: NOW_MS - DAY_MS }), rules({ cron: CRON }), NOW_MS);
  expect(tickWords(textIn("ja", "Asia/Tokyo"), why)).toBe("cron 0 3 * * * UTC の 2026/01/02 12:00 が到来");
  expect(tickWords(textIn("ja"), { message: "x", says: { key: "later", figures: {} } })).toBe("x");
  expect(tickWords(textIn("ja"), { message: "x" })).toBe("x");
});
