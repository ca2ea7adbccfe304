import { expect, test } from "bun:test";
import {
  contrast,
  QUIET_COLOURS,
  SHAPE_CONTRAST,
  SHAPE_PAIRS,
  TEXT_CONTRAST,
  TEXT_PAIRS,
} from "../../views/styleguide/contrast.ts";
import { styleTokens } from "../../views/styleguide/tokens.ts";

const STYLES = new URL("../../views/assets/styles/", import.meta.url);
const read = (name: string) => Bun.file(new URL(name, STYLES)).text();
const tokens = new Map(
  styleTokens(await read("tokens.css")).flatMap(({ name, colours }) =>
    colours === null ? [] : [[name, colours] as const],
  ),
);

for (const scheme of ["light", "dark"] as const) {
  for (const [pairs, least] of [
    [TEXT_PAIRS, TEXT_CONTRAST],
    [SHAPE_PAIRS, SHAPE_CONTRAST],
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

test("each colour token has a pair whose contrast is checked, or is known to carry no meaning", () => {
  const paired = new Set([...TEXT_PAIRS, ...SHAPE_PAIRS].flat());
  const known = [...tokens.keys()].filter((name) => !paired.has(name) && !QUIET_COLOURS.includes(name));
  expect(known).toEqual([]);
  expect(tokens.size).toBeGreaterThan(20);
});

test("a rule that sets text and its surface by tokens uses a pair whose contrast is checked", async () => {
  const files = await Array.fromAsync(new Bun.Glob("*.css").scan({ cwd: STYLES.pathname }));
  const checked = new Set([...TEXT_PAIRS, ...SHAPE_PAIRS].map((pair) => pair.join(" on ")));
  let found = 0;
  for (const file of files) {
    for (const [, body] of (await read(file)).matchAll(/\{([^{}]*)\}/g)) {
      const front = /(?:^|[\s;])color: var\(--([\w-]+)\)/.exec(body!)?.[1];
      const ground = /(?:^|[\s;])background: var\(--([\w-]+)\)/.exec(body!)?.[1];
      if (front === undefined || ground === undefined) continue;
      found++;
      expect([file, `${front} on ${ground}`, checked.has(`${front} on ${ground}`)]).toEqual([
        file,
        `${front} on ${ground}`,
        true,
      ]);
    }
  }
  expect(found).toBeGreaterThan(10);
});

const charts = await read("charts.css");
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
