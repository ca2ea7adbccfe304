import { expect, test } from "bun:test";
import { en } from "../../views/i18n/en.ts";
import { fill } from "../../views/i18n/fill.ts";
import { ja } from "../../views/i18n/ja.ts";
import { textIn } from "../../views/i18n/text.ts";

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

test("the dictionaries have the same keys", () => {
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
});

test("no text is empty", () => {
  for (const dictionary of [en, ja]) {
    for (const [key, text] of Object.entries(dictionary))
      expect({ key, text: text.trim() }).not.toEqual({ key, text: "" });
  }
});

test("each text has the same placeholders in both languages", () => {
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect({ key, holes: holes(ja[key]) }).toEqual({ key, holes: holes(en[key]) });
  }
});

test("fill() replaces placeholders with a value and leaves others unchanged", () => {
  expect(fill("Model {version} of {name}", { version: 2 })).toBe("Model 2 of {name}");
});

test("percent() cuts and never rounds up to 100 %", () => {
  const { percent } = textIn("en");
  expect(percent(0.99964)).toBe("99.9\u00a0%");
  expect(percent(0.992)).toBe("99.2\u00a0%");
  expect(percent(0.9921, 2)).toBe("99.21\u00a0%");
  expect(percent(1)).toBe("100.0\u00a0%");
});

test("dateTime() shows the reader's time zone, and UTC when the zone is unknown", () => {
  const iso = "2026-01-02T23:30:00.000Z";
  expect(textIn("ja", "Asia/Tokyo").dateTime(iso)).toBe("2026/01/03 8:30");
  expect(textIn("ja", "Nowhere/At all").dateTime(iso)).toBe("2026/01/02 23:30");
});

test("duration() names seconds, minutes and hours", () => {
  const { duration } = textIn("en");
  expect([420, 42_000, 100_000, 3_900_000].map(duration)).toEqual([
    "0.4 s",
    "42 s",
    "1 min 40 s",
    "1 h 5 min",
  ]);
});
