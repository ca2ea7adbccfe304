/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import type { GateRecord, PairedEvidence } from "../../../../src/domain/gate.ts";
import { ChangedDrawings } from "../../../../views/fragments/models/changed-sheet.tsx";
import { Evidence } from "../../../../views/fragments/models/evidence-table.tsx";
import { GateChecks } from "../../../../views/fragments/models/gate-checks.tsx";
import { VerdictMark } from "../../../../views/fragments/models/verdict-mark.tsx";
import { textIn } from "../../../../views/i18n/text.ts";

const EVIDENCE: PairedEvidence = {
  ...{ set: "reference", against: "base", n: 15_000, candidate: 0.9941, other: 0.9947 },
  ...{ fixed: 1, broken: 11, p: 0.0063, bound: -0.0011, low: -0.0012, high: 0.0002 },
  classes: [{ label: "7", n: 1_528, candidate: 0.9869, other: 0.9915 }],
};
const HELD: GateRecord = {
  ...{ passed: false, verdict: "held", summary: { detail: "87 of 409 labels contradict the model" } },
  checks: [
    { name: "a", passed: true, detail: "accurate" },
    { name: "b", passed: false, detail: "slow" },
    {
      ...{ name: "Labels", passed: false, isMissing: true, detail: "in review" },
      says: { key: "heldShare", figures: { n: 87, row: 409, share: 0.21, shareLimit: 0.1 } },
    },
  ],
  evidence: [EVIDENCE],
};
const drawn = async (jsx: unknown) => String(await jsx);

test("GateChecks() shows the verdict, its sentence, and evidence that is missing unlike a failure", async () => {
  const html = await drawn(<GateChecks text={textIn("en")} gate={HELD} hasQueue />);
  expect(html).toContain("verdict-held");
  expect(html).toContain("87 of 409 labels contradict the model");
  expect(html).toMatch(/check-failed.*Failed: .*slow/);
  expect(html).toMatch(/check-missing.*<b class="check-word">Not decided yet: /);
  expect(html).toContain('href="/label"');
  // A report in a file has no queue.
  expect(await drawn(<GateChecks text={textIn("en")} gate={HELD} />)).not.toContain('href="/label"');
});

test("GateChecks() has no tick beside what was not judged, in both languages", async () => {
  const unjudged = { name: "c", passed: true, isUnjudged: true, detail: "no drawings are held out" };
  const gate = { ...HELD, checks: [unjudged] };
  for (const [language, words] of [
    ["en", "Not judged: "],
    ["ja", "判定対象外："],
  ] as const) {
    const html = await drawn(<GateChecks text={textIn(language)} gate={gate} />);
    expect(html).toContain(`<b class="check-word">${words}</b>no drawings are held out`);
    expect(html).not.toContain("check-passed");
    expect(html).not.toContain("M3 8.5l3.2 3.2L13 5");
  }
  expect(await drawn(<GateChecks text={textIn("en")} gate={HELD} />)).toContain("M3 8.5l3.2 3.2L13 5");
});

test("GateChecks() shows the decision of an older release as it was", async () => {
  const old: GateRecord = { passed: false, checks: [{ name: "a", passed: false, detail: "worse" }] };
  const html = await drawn(<GateChecks text={textIn("en")} gate={old} />);
  expect(html).toContain("Failed: the live model stays");
  expect(html).not.toContain("verdict-");
  expect(await drawn(<Evidence text={textIn("en")} gate={old} />)).toBe("");
});

test("VerdictMark() has a word and a shape of its own for each verdict", async () => {
  const marks = await Promise.all(
    (["better", "not_worse", "held", "rejected"] as const).map((verdict) =>
      drawn(<VerdictMark text={textIn("en")} gate={{ passed: verdict === "better", verdict }} />),
    ),
  );
  expect(marks.map((html) => />([\w ]+)<\/span>/.exec(html)?.[1])).toEqual([
    ...["Better", "Not worse", "Held", "Rejected"],
  ]);
  expect(new Set(marks.map((html) => / d="([^"]+)"/.exec(html)?.[1])).size).toBe(4);
  expect(await drawn(<VerdictMark text={textIn("en")} gate={{ passed: true }} />)).toContain("Passed");
});

test("Evidence() has each figure of a comparison, in both languages, and folds the recalls", async () => {
  for (const language of ["en", "ja"] as const) {
    const html = await drawn(<Evidence text={textIn(language)} gate={HELD} />);
    for (const figure of [
      "15,000",
      "99.41",
      "99.47",
      "0.0063",
      "-0.11",
      "-0.12",
      "+0.02",
      "1,528",
      "-0.46",
    ]) {
      expect(html).toContain(figure);
    }
    expect(html).toContain('<details class="recalls">');
  }
});

test("ChangedDrawings() names label and both predictions in the image's text, and links to the rest", async () => {
  const example = {
    ...{ label: "7", src: "data:image/png;base64,x" },
    champion: { predicted: "1", confidence: 0.62 },
    candidate: { predicted: "7", confidence: 0.981 },
  };
  const changed = {
    fixed: { examples: [example], total: 41, href: "/runs/r/examples?set=fixed" },
    broken: { examples: [], total: 0, href: null },
  };
  const html = await drawn(<ChangedDrawings text={textIn("en")} changed={changed} />);
  expect(html.replaceAll("\u00a0", " ")).toContain(
    'alt="7: the champion predicts 1 (62.0 %), the candidate 7 (98.1 %)"',
  );
  expect(html).toContain("View all 41");
  expect(html).toContain("None.");
});
