/** A colour on the surface that it is used on, both by the names of their tokens. */
export type Pair = readonly [front: string, ground: string];

/** The contrast of text to its surface, at least (WCAG 2.2, 1.4.3). */
export const TEXT_CONTRAST = 4.5;
/** The contrast of borders of controls, bars and focus rings to their surface, at least (WCAG 2.2, 1.4.11). */
export const SHAPE_CONTRAST = 3;

/** Text, and the surfaces that it is used on. */
export const TEXT_PAIRS: readonly Pair[] = [
  ["ink", "paper"],
  ["ink", "sheet"],
  ["ink", "sheet-sunk"],
  ["ink", "shu-wash"],
  ["ink", "warn-wash"],
  ["ink", "fail-wash"],
  ["ink-soft", "paper"],
  ["ink-soft", "sheet"],
  ["ink-soft", "sheet-sunk"],
  ["shu", "paper"],
  ["shu", "sheet"],
  ["shu", "shu-wash"],
  ["live", "paper"],
  ["live", "sheet"],
  ["warn", "paper"],
  ["warn", "sheet"],
  ["warn", "warn-wash"],
  ["fail", "paper"],
  ["fail", "sheet"],
  ["fail", "fail-wash"],
  ["active", "paper"],
  ["active", "sheet"],
  ["on-ink", "ink"],
  ["on-shu", "shu"],
  ["on-live", "live"],
  ["on-fail", "fail"],
  ["on-active", "active"],
  ...Array.from({ length: 10 }, (_, k): Pair => [`map-${k}`, "sheet"]),
];

/** Borders of controls, bars and focus rings, and the surfaces that they are used on. */
export const SHAPE_PAIRS: readonly Pair[] = [
  ["line-strong", "paper"],
  ["line-strong", "sheet"],
  ["ink", "line"],
  ["shu", "line"],
];

/** Colours that carry no meaning of their own: without them, the page says the same. */
export const QUIET_COLOURS: readonly string[] = ["line", "guide", "shade"];

/** The contrast of two colours as `#rrggbb`, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Relative luminance of an sRGB colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
