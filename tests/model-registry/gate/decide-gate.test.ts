import { expect, test } from "bun:test";
import { decideGate, type GateInputs } from "../../../src/model-registry/gate/decide-gate.ts";
import type { GateParams, Scores } from "../../../src/model-registry/gate/gate-scores.ts";
import { between, GATE, NOTHING_HELD, scored, scores } from "../../support/scored-sets.ts";

const CLASSES = ["0", "1"];
const COST = { bytes: 800_000, latencyMs: 2 };

/** A champion at 99 % on MNIST and on pinned drawings and 90 % on 100 held-out ones, which is also the base model. */
const CHAMPION = scores({
  test: scored(10_000, between(0, 100)),
  pinned: scored(5_000, between(0, 50)),
  holdout: scored(100, between(0, 10)),
});

/** A candidate that gives the champion's answers, except where it is said otherwise. */
function decide(
  change: Partial<Scores> = {},
  {
    gate = {},
    ...other
  }: Partial<Omit<GateInputs, "gate" | "candidate">> & { gate?: Partial<GateParams> } = {},
) {
  return decideGate({
    classes: CLASSES,
    champion: CHAMPION,
    candidate: { ...CHAMPION, cost: COST, ...change },
    base: CHAMPION,
    batch: NOTHING_HELD,
    gate: { ...GATE, ...gate },
    ...other,
  });
}

const failedChecks = (decision: ReturnType<typeof decide>) =>
  decision.checks.flatMap(({ passed, name }) => (passed ? [] : [name]));

test("decideGate() finds a candidate with the champion's answers not worse, with n and margin", () => {
  const decision = decide();
  expect(decision).toMatchObject({ passed: true, verdict: "not_worse" });
  expect(decision.summary?.detail).toBe(
    "Not worse by more than 0.20 points on 15,000 MNIST test images and pinned drawings, with 95 % confidence: 0 fixed and 0 broken; of 100 held-out drawings, 0 fixed and 0 broken; no class lost anything",
  );
});

test("decideGate() finds a candidate better that fixes 10 held-out drawings and breaks 1, with p", () => {
  const decision = decide({ holdout: scored(100, (i) => i === 99) });
  expect(decision).toMatchObject({ passed: true, verdict: "better" });
  expect(decision.summary?.detail).toBe(
    "Of 100 held-out drawings, 10 fixed and 1 broken, p = 0.012; no class lost anything",
  );
  expect(decision.evidence?.[0]).toMatchObject({ set: "app_holdout", fixed: 10, broken: 1, n: 100 });
});

test("decideGate() does not call a gain of 3 drawings better: p is 0.25", () => {
  expect(decide({ holdout: scored(100, between(3, 10)) }).verdict).toBe("not_worse");
});

test("decideGate() rejects what held-out drawings speak against, and not what 5 of them say", () => {
  // The champion's 10 mistakes, and n more.
  const worse = (n: number) => decide({ holdout: scored(100, between(0, 10 + n)) });
  expect(worse(5).verdict).toBe("not_worse");
  expect(worse(6)).toMatchObject({ passed: false, verdict: "rejected" });
  expect(failedChecks(worse(6))).toEqual(["Held-out drawings"]);
});

test("decideGate() rejects a candidate that is not shown to be within the margin of the champion", () => {
  // 20 of 15,000 broken: -0.13 points, at least -0.19; 22 broken: at least -0.2.
  const broken = (n: number) => decide({ test: scored(10_000, between(0, 100 + n)) });
  expect(broken(20).verdict).toBe("not_worse");
  expect(failedChecks(broken(23))).toEqual(["Not worse than the champion"]);
  expect(broken(23).verdict).toBe("rejected");
});

test("decideGate() compares with the base model as well, so that small losses do not add up", () => {
  const base = scores({
    test: scored(10_000, between(0, 60)),
    pinned: scored(5_000, between(0, 50)),
    holdout: scored(100, between(0, 10)),
  });
  expect(decide({}, { base }).verdict).toBe("rejected");
  expect(failedChecks(decide({}, { base }))).toEqual(["Not worse than the base model"]);
});

test("decideGate() holds the recall of a class against the champion and the base model: no ratchet", () => {
  // Of each class 7,500 items; class "1" are the odd ones.
  const odd = (n: number) => (i: number) => i % 2 === 1 && i < 2 * n;
  const model = (n: number) => scores({ test: scored(10_000, odd(n)), pinned: scored(5_000, () => false) });
  const gate = { margin: 1, max_forgetting: 1 };
  const [base, champion] = [model(0), model(100)];
  // 1.33 points below the base model, then 1.33 below that champion: 2.67 below the base model.
  expect(decide(model(100), { base, champion: base, gate }).verdict).toBe("not_worse");
  const second = decide({ ...model(200), cost: COST }, { base, champion, gate });
  expect(failedChecks(second)).toEqual(["No class gets worse"]);
  expect(second.summary?.detail).toContain(
    'class "1" (7,500 images), from 100.00 % of the base model to 97.33 %',
  );
});

test("decideGate() holds a candidate while MNIST test and pinned drawings are too few", () => {
  const few = { test: scored(4_000, () => false), pinned: scored(5_000, () => false) };
  const decision = decide(few, { champion: { ...CHAMPION, ...few }, base: { ...CHAMPION, ...few } });
  expect(decision).toMatchObject({ passed: false, verdict: "held" });
  expect(decision.summary?.detail).toContain(
    "9,000 MNIST test images and pinned drawings are too few: 10,000",
  );
});

test("decideGate() holds a candidate whose batch is in review, with the reason, even when it is better", () => {
  const reason = { detail: "31 of 97 are renamed", says: { key: "heldCell", figures: {} } };
  const batch = { isHeld: true, n: 1_000, suspects: 31, reason };
  const decision = decide({ holdout: scored(100, () => false) }, { batch });
  expect(decision).toMatchObject({ passed: false, verdict: "held", summary: reason });
});

test("decideGate() rejects rather than holds when a check failed and evidence is missing", () => {
  const batch = { isHeld: true, n: 9, suspects: 9, reason: { detail: "held" } };
  expect(decide({ test: scored(10_000, between(0, 300)) }, { batch }).verdict).toBe("rejected");
});

test("decideGate() says that no drawings are held out rather than calling that a pass of theirs", () => {
  const champion = { ...CHAMPION, holdout: null };
  const decision = decide({ holdout: null }, { champion });
  expect(decision.verdict).toBe("not_worse");
  expect(decision.checks.find(({ name }) => name === "Held-out drawings")).toMatchObject({
    isUnjudged: true,
    detail: "No drawings are held out: they say nothing for or against the candidate",
  });
});

test("decideGate() judges held-out drawings only from the number that can speak against a candidate: 6", () => {
  const judged = (n: number) => {
    const champion = { ...CHAMPION, holdout: scored(n, () => false) };
    const decision = decide({ holdout: scored(n, () => true) }, { champion, base: champion });
    const check = decision.checks.find(({ name }) => name === "Held-out drawings")!;
    return [decision.verdict, check.passed, check.isUnjudged === true];
  };
  // The candidate breaks every drawing: p = 2 · ½⁵ = 0.0625, and 2 · ½⁶ = 0.031.
  expect(judged(5)).toEqual(["not_worse", true, true]);
  expect(judged(6)).toEqual(["rejected", false, false]);
});

test("decideGate() says that no labels were screened rather than calling that a pass of theirs", () => {
  const labels = (n: number) =>
    decide({}, { batch: { ...NOTHING_HELD, n } }).checks.find(({ name }) => name === "Labels");
  expect(labels(0)).toMatchObject({ isUnjudged: true, detail: "No new labels were screened" });
  expect(labels(7)).not.toHaveProperty("isUnjudged");
});

test("decideGate() requires min_absolute_change where enough drawings are held out", () => {
  const holdout = scored(100, between(0, 6));
  expect(decide({ holdout }, { gate: { min_absolute_change: 0.04 } }).passed).toBe(true);
  expect(failedChecks(decide({ holdout }, { gate: { min_absolute_change: 0.05 } }))).toEqual([
    "Held-out drawings",
  ]);
  const few = decide({ holdout }, { gate: { min_absolute_change: 0.05, min_samples: 101 } });
  expect(few.passed).toBe(true);
  expect(few.checks.filter(({ isUnjudged }) => isUnjudged)).toMatchObject([
    { detail: "100 drawings are held out; from 101 on, a gain of at least 5.00 points is required" },
  ]);
});

test("decideGate() holds what is not shown to be better with promotion: evidence, and says about how many drawings would show it", () => {
  const gate = { promotion: "evidence" };
  expect(decide({ holdout: scored(100, (i) => i === 99) }, { gate }).verdict).toBe("better");
  const few = decide({ holdout: scored(100, between(3, 10)) }, { gate });
  expect(few).toMatchObject({ passed: false, verdict: "held" });
  expect(few.summary?.detail).toMatch(/fixes 3 and breaks 0; about 168 like these would show it$/);
  expect(decide({}, { gate }).summary?.detail).toMatch(/fixes 0 and breaks 0$/);
});

test("decideGate() limits calibration error, latency and size", () => {
  expect(failedChecks(decide({ test: scored(10_000, between(0, 100), { ece: 0.05 }) }))).toEqual([
    "Calibration",
  ]);
  expect(failedChecks(decide({ cost: { bytes: 65_000_000, latencyMs: 2 } }))).toEqual(["Latency and size"]);
  expect(failedChecks(decide({ cost: { bytes: 1, latencyMs: 51 } }))).toEqual(["Latency and size"]);
});

test("decideGate() rejects when only one of the models was measured on a set, and throws for different items", () => {
  for (const set of ["test", "pinned", "holdout"] as const) {
    expect(decide({ [set]: null }).verdict).toBe("rejected");
    expect(decide({}, { champion: { ...CHAMPION, [set]: null } }).passed).toBe(false);
  }
  expect(() => decide({ holdout: scored(99, () => false) })).toThrow("different items");
});

test("decideGate() never passes an accuracy or calibration error that is not a share", () => {
  const test = scored(10_000, between(0, 100));
  for (const accuracy of [Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.5, undefined as unknown as number]) {
    expect(decide({ test: { ...test, report: { ...test.report, accuracy } } }).passed).toBe(false);
  }
  expect(decide({ test: scored(10_000, between(0, 100), { ece: Number.NaN }) }).passed).toBe(false);
});

test("decideGate() never passes with a limit that is not a number", () => {
  for (const key of [
    "threshold",
    "margin",
    "max_class_drop",
    "max_forgetting",
    "min_absolute_change",
    "max_calibration_error",
    "max_latency_ms",
    "max_model_mb",
  ] as const) {
    expect(decide({}, { gate: { [key]: Number.NaN } }).passed).toBe(false);
  }
});

const LETTERS = ["a", "b"];

/** A model without digits, with `wrong` of `n` held-out drawings wrong. */
function letters(n: number, isWrong: (i: number) => boolean, known = LETTERS): Scores {
  return scores({ known, holdout: n === 0 ? null : scored(n, isWrong, { classes: LETTERS }) });
}

function decideLetters(champion: Scores, candidate: Scores) {
  return decideGate({ classes: LETTERS, champion, candidate, base: null, batch: NOTHING_HELD, gate: GATE });
}

test("decideGate() decides by held-out drawings alone where no class is a digit", () => {
  const champion = letters(40, between(0, 4));
  expect(decideLetters(champion, letters(40, between(0, 4))).verdict).toBe("not_worse");
  expect(decideLetters(champion, letters(40, between(4, 5))).verdict).toBe("not_worse");
  expect(decideLetters(champion, letters(40, between(0, 10))).verdict).toBe("rejected");
  expect(decideLetters(letters(200, between(0, 20)), letters(200, between(0, 5))).verdict).toBe("better");
});

test("decideGate() holds a candidate without digits while fewer than min_samples drawings are held out", () => {
  const decision = decideLetters(
    letters(19, between(0, 1)),
    letters(19, () => false),
  );
  expect(decision.verdict).toBe("held");
  expect(decision.summary?.detail).toContain("19 drawings are held out; 20 are required");
  expect(
    decideLetters(
      letters(0, () => false),
      letters(0, () => false),
    ).verdict,
  ).toBe("held");
});

test("decideGate() rejects a candidate without digits that is no better than chance", () => {
  const guess = letters(40, (i) => i % 4 < 2);
  expect(decideLetters(guess, guess).verdict).toBe("rejected");
});

test("decideGate() rejects a candidate without digits that loses a class, though others gain", () => {
  // Of 60 drawings, 30 of each class; the champion misses 8 of "a", the candidate 7 of "b".
  const champion = letters(60, (i) => i % 2 === 0 && i < 16);
  const candidate = letters(60, (i) => i % 2 === 1 && i < 14);
  const decision = decideLetters(champion, candidate);
  expect(failedChecks(decision)).toEqual(["No class gets worse"]);
});

test("decideGate() lets a model that learned a class lose one drawing of the old ones, and no more", () => {
  const classes = ["a", "b", "c"];
  const holdout = (isWrong: (i: number) => boolean) => scored(60, isWrong, { classes });
  const champion = scores({ known: ["a", "b"], holdout: holdout((i) => i % 3 === 2 || i === 1) });
  const after = (lost: number) =>
    decideGate({
      ...{ classes, champion, base: null, batch: NOTHING_HELD, gate: GATE },
      candidate: scores({
        known: classes,
        holdout: holdout((i) => i === 1 || (i % 3 === 1 && i > 3 && i < 4 + 3 * lost)),
      }),
    });
  expect(after(1).passed).toBe(true);
  expect(failedChecks(after(2))).toEqual(["Old classes not forgotten"]);
});

test("decideGate() records the held-out drawings against the base model, too, and decides nothing by it", () => {
  const weak = { ...CHAMPION, holdout: scored(100, between(0, 40)) };
  const decision = decide({}, { base: weak });
  expect(decision.evidence?.at(-1)).toMatchObject({
    ...{ set: "app_holdout", against: "base", n: 100, candidate: 0.9, other: 0.6, fixed: 30, broken: 0 },
  });
  expect(decision.verdict).toBe("not_worse");
  expect(decide({}, { base: null }).evidence?.some(({ against }) => against === "base")).toBe(false);
});
