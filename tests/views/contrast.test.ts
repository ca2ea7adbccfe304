import { expect, test } from "bun:test";

const css = await Bun.file(new URL("../../views/assets/styles/tokens.css", import.meta.url)).text();
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Text on its background: at least 4.5. */
const TEXT: [string, string][] = [
  ["ink", "paper"],
  ["ink", "sheet"],
  ["ink", "sheet-sunk"],
  ["ink-soft", "paper"],
  ["ink-soft", "sheet"],
  ["shu", "paper"],
  ["shu", "sheet"],
  ["shu", "shu-wash"],
  ["ink", "shu-wash"],
  ["on-ink", "ink"],
  ["on-shu", "shu"],
  ...["live", "warn", "fail", "active"].flatMap((name): [string, string][] => [
    [name, "paper"],
    [name, "sheet"],
  ]),
  ["on-live", "live"],
  ["on-fail", "fail"],
  ["on-active", "active"],
  ["warn", "warn-wash"],
  ["fail", "fail-wash"],
  ["ink", "warn-wash"],
  ["ink", "fail-wash"],
];
/** Borders of controls, bars and focus rings: at least 3. */
const SHAPES: [string, string][] = [
  ["line-strong", "paper"],
  ["line-strong", "sheet"],
  ["ink", "line"],
  ["shu", "line"],
];

for (const scheme of ["light", "dark"] as const) {
  for (const [pairs, least] of [
    [TEXT, 4.5],
    [SHAPES, 3],
  ] as const) {
    for (const [front, ground] of pairs) {
      test(`${front} on ${ground} has a contrast of at least ${least} in the ${scheme} scheme`, () => {
        expect(contrast(tokens.get(front)![scheme], tokens.get(ground)![scheme])).toBeGreaterThanOrEqual(
          least,
        );
      });
    }
  }
}

test("contrast() gives 21 for black on white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 6);
});
