/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import type { LearningOverview, Need, PersonProgress } from "../../../src/domain/learning/overview.ts";
import { NO_FORECAST } from "../../../src/domain/learning/overview.ts";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { LearningPage } from "../../../views/pages/learning.tsx";

const HOSTILE = `"><script>alert(1)</script>`;
const AT = "2026-01-02T03:04:05.000Z";

const need = (key: string, wrong: number, n: number, isShown: boolean): Need => ({
  ...{ key, wrong, errors: proportion(wrong, n), excess: wrong - n / 100, p: isShown ? 0.001 : 0.4, isShown },
});

const EMPTY: LearningOverview = {
  labels: { train: 800, holdout: 200 },
  ...{ heldOut: [], curve: null, liveVersion: 3, since: null, unnamed: 0, names: [], inTraining: {} },
  forecast: { kind: "none", reason: "not_measured", values: {} },
  ...{ classes: { rows: [], leftOut: 0 }, writers: { rows: [], leftOut: 0 } },
};

const FULL: LearningOverview = {
  ...EMPTY,
  since: AT,
  heldOut: [2, 3].map((version) => ({
    ...{ version, runId: "r", at: AT, state: "ready" as const, given: version * 400, n: version * 100 },
    candidate: proportion(version * 4, version * 100),
    champion: proportion(version * 5, version * 100),
    base: proportion(version * 8, version * 100),
    change: { against: "base" as const, fixed: 14, broken: 2, p: 0.004, low: -0.06, high: -0.02 },
  })),
  curve: {
    ...{ runId: "r", at: AT, by: "held_out", folds: 3, drawings: 900, heldOut: 900, groups: 12 },
    ...{ trained: 12, seconds: 31 },
    points: [0, 100, 200, 400, 800].map((labels, i) => ({
      ...{ labels, share: 0.08 - i * 0.01, low: 0.07 - i * 0.01, high: 0.09 - i * 0.01 },
    })),
    line: [0, 400, 880].map((labels) => ({ labels, share: 0.08 - labels / 20_000 })),
  },
  forecast: {
    ...{ kind: "gain", labels: 100, trained: 80, now: 800 },
    ...{ before: 0.04, after: 0.0386, gain: 0.0014, low: 0.0005, high: 0.0023 },
  },
  classes: { rows: [need("7", 20, 100, true), need(HOSTILE, 1, 90, false)], leftOut: 2 },
  inTraining: { "7": 31 },
  writers: { rows: [need(HOSTILE, 9, 40, true)], leftOut: 0 },
  unnamed: 17,
  names: [HOSTILE],
};

const PERSON: PersonProgress = {
  ...{ writer: HOSTILE, total: 45, fixed: 8, broken: 1, p: 0.04 },
  groups: [1, 21, 41].map((from, i) => ({
    ...{
      from,
      to: Math.min(45, from + 19),
      at: AT,
      model: proportion(6, 20),
      shown: proportion(6 - i * 2, 20),
    },
  })),
  model: proportion(18, 60),
  shown: proportion(11, 60),
};

const html = async (
  overview: LearningOverview,
  { language = "en" as "en" | "ja", progress = null as PersonProgress | null } = {},
) => {
  const person = { writer: progress?.writer ?? "", progress };
  const props = { text: textIn(language), path: "/learning", version: "1", hasBase: true, overview, person };
  return String(await (<LearningPage {...props} />)).replaceAll("\u00a0", " ");
};

test("the page names a gain with its interval, and how many of the labels are trained on", async () => {
  const page = await html(FULL);
  expect(page).toContain(
    "The next 100 labels would bring about 0.14 points fewer mistakes: from 4.00 % to 3.86 % of drawings misclassified (95 % interval of the gain: 0.05 points to 0.23 points).",
  );
  expect(page).toContain("80 of the 100 would be trained on");
  expect(page).toContain("Measured Jan 2, 2026, 3:04 AM on 900 held-out drawings");
  expect(page).toContain("Measure again");
});

test("the page gives every reason for no forecast in full sentences, in both languages", async () => {
  const values = {
    ...{ sizes: 2, needed: 3, mistakes: 4, most: 400, before: 0.05, after: 0.049, from: 100, now: 900 },
    ...{ low: -0.001, high: 0.002, gain: 0.001 },
  };
  for (const language of ["en", "ja"] as const)
    for (const reason of NO_FORECAST) {
      const page = await html({ ...FULL, forecast: { kind: "none", reason, values } }, { language });
      expect(page).not.toMatch(/\{\w+\}/);
      expect(page).not.toContain("would bring about");
    }
  const page = await html({ ...FULL, forecast: { kind: "none", reason: "no_gain", values } });
  expect(page).toContain(
    "No gain is shown so far: 5.00 % of drawings are misclassified without labels and 4.90 % with 400, and the 95 % interval of the difference (-0.10 points to +0.20 points) has 0 in it.",
  );
});

test("the page does not join points of different held-out drawings, and has all numbers in a table", async () => {
  const page = await html(FULL);
  const picture = page.slice(page.indexOf('id="held-out-title"'), page.indexOf('id="needs-title"'));
  expect(picture.match(/<path class="chart-line/g) ?? []).toEqual([]);
  expect(picture.match(/<a href="\/models\/3" aria-label="Model 3, /g)).toHaveLength(2);
  expect(picture).toContain(
    "Model 3, on 300 held-out drawings: 4.00 % misclassified, 8.00 % by the base model on the same drawings (14 fixed, 2 broken, p = 0.004). Labels have brought fewer mistakes.",
  );
  expect(picture).toMatch(/<th scope="row">Model 2<\/th><td class="num">800<\/td><td class="num">200<\/td>/);
});

test("the page names no difference that the counts do not show", async () => {
  const shown = await html(FULL);
  expect(shown).toContain("Label more of 7: more of these drawings are misclassified than of the others.");
  expect(shown).toContain("Shown (p = 0.001)");
  expect(shown).toContain("2 with fewer than 5 drawings are not shown.");
  expect(shown).toContain("17 drawings have no writer");
  const rows = [need("7", 3, 100, false), need("3", 2, 100, false)];
  const even = await html({ ...FULL, classes: { rows, leftOut: 0 } });
  expect(even).toContain("No class is shown to be misclassified more than the others.");
  const change = { ...FULL.heldOut[1]!.change!, p: 0.3 };
  const same = await html({ ...FULL, heldOut: [{ ...FULL.heldOut[1]!, change }] });
  expect(same).toContain("p = 0.3). A difference is not shown.");
});

test("the page shows a person with and without memory, and claims an effect only where it is shown", async () => {
  const page = await html(FULL, { progress: PERSON });
  expect(page).toContain(
    "30.00 % misclassified by the model alone, 18.33 % with personal memory (8 fixed, 1 broken, p = 0.04). Memory has brought fewer mistakes.",
  );
  expect(page).toContain('<th scope="row">41–45</th>');
  const chance = await html(FULL, { progress: { ...PERSON, fixed: 3, broken: 1, p: 0.63 } });
  expect(chance).toContain("p = 0.63). A difference is not shown.");
  const alone = await html(FULL, { progress: { ...PERSON, fixed: 0, broken: 0, p: 1 } });
  expect(alone).toContain("Personal memory has not changed a prediction.");
  const none = await html(FULL, { progress: { ...PERSON, groups: [] } });
  expect(none).toContain("no group of 20 with predictions");
});

test("the page of an empty store and the Japanese one have every text, and escape names", async () => {
  for (const language of ["en", "ja"] as const)
    for (const overview of [EMPTY, FULL, { ...FULL, liveVersion: null }])
      for (const progress of [null, PERSON]) {
        const page = await html(overview, { language, progress });
        expect(page).not.toContain("<script>alert");
        expect(page).not.toMatch(/\{\w+\}|undefined|NaN/);
      }
});
