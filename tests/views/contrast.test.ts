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
  ...Array.from({ length: 10 }, (_, k): [string, string] => [`map-${k}`, "sheet"]),
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

const charts = await Bun.file(new URL("../../views/assets/styles/charts.css", import.meta.url)).text();
/** The rules of charts whose selector has this class, with their colours: [property, token]. */
function coloursOf(name: string): [string, string][] {
  const rules = [...charts.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, selector]) =>
    new RegExp(`\\.${name}(?![\\w-])`).test(selector!),
  );
  return rules.flatMap(([, , body]) =>
    [...body!.matchAll(/(fill|stroke|border|(?<!-)color): (?:1px dashed )?var\(--([\w-]+)\)/g)].map(
      ([, property, token]): [string, string] => [property!, token!],
    ),
  );
}

/** Classes of charts that carry meaning; `chart-grid` and `matrix-grid` only guide the eye. */
const MARKS = [
  ...["chart-ink", "chart-accent", "chart-moment", "chart-ideal", "chart-break", "chart-then", "chart-count"],
  ...["chart-empty", "saliency-for", "saliency-against"],
];
const WORDS = ["chart-text", "chart-note", "chart-legend", "plot-name", "matrix-label", "chart-empty"];
/** Charts are on sheets, in notes and on the page itself. A mark's own stroke, in the colour of the sheet, sets it off. */
const GROUNDS = ["sheet", "paper"];

for (const scheme of ["light", "dark"] as const) {
  test(`marks of charts have a contrast of at least 3, and their words of 4.5, in the ${scheme} scheme`, () => {
    for (const [names, least] of [
      [MARKS, 3],
      [WORDS, 4.5],
    ] as const) {
      for (const name of names) {
        const used = coloursOf(name).filter(
          ([property]) => least === 3 || !["border", "stroke"].includes(property),
        );
        expect([name, used.length > 0]).toEqual([name, true]);
        for (const [property, token] of used) {
          for (const ground of GROUNDS) {
            const found = contrast(tokens.get(token)![scheme], tokens.get(ground)![scheme]);
            expect([name, property, token, ground, found >= least]).toEqual([
              name,
              property,
              token,
              ground,
              true,
            ]);
          }
        }
      }
    }
  });

  test(`counts have a contrast of at least 4.5 on every tint of the confusion matrix in the ${scheme} scheme`, () => {
    const tints = [
      ...charts.matchAll(/cell-[\w-]+ rect \{\s*fill: color-mix\(in srgb, var\(--(\w+)\) (\d+)%/g),
    ];
    expect(tints).toHaveLength(5);
    for (const [, token, share] of tints) {
      const ground = mixed(tokens.get(token!)![scheme], tokens.get("sheet")![scheme], Number(share) / 100);
      expect([token, share, contrast(tokens.get("ink")![scheme], ground) >= 4.5]).toEqual([
        token,
        share,
        true,
      ]);
    }
  });
}

/** A colour over another, with some opacity. */
function mixed(front: string, ground: string, opacity: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) =>
    Math.round(opacity * channel(front, at) + (1 - opacity) * channel(ground, at)),
  );
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
