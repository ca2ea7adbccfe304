import type { ElementKind, GraphElement } from "./elements.ts";

/** The widest advance of the monospaced fonts in use, in em. */
const ADVANCE = 0.605;
const MAX_LETTERS = 30;

/** The box of an element, in CSS pixels at zoom 1. */
export interface Shape {
  heightPx: number;
  fontPx: number;
  /** Space to the left of the text, for the seal of a node or the icon of a dataset. */
  leadPx: number;
  trailPx: number;
}

/** Boxes by kind of element. */
export const SHAPES: Readonly<Record<ElementKind, Shape>> = {
  node: { heightPx: 44, fontPx: 13, leadPx: 54, trailPx: 16 },
  namespace: { heightPx: 44, fontPx: 13, leadPx: 54, trailPx: 20 },
  dataset: { heightPx: 32, fontPx: 12, leadPx: 32, trailPx: 22 },
  parameter: { heightPx: 26, fontPx: 11, leadPx: 28, trailPx: 14 },
};

/** Minimum widths. A node shows its progress on a second line, which needs some room. */
const MIN_WIDTH: Readonly<Record<ElementKind, number>> = {
  node: 150,
  namespace: 150,
  dataset: 84,
  parameter: 64,
};

/** The size of an element that fits its label, in CSS pixels at zoom 1. */
export function sizeOf({ kind, label }: Pick<GraphElement, "kind" | "label">): {
  width: number;
  height: number;
} {
  const { heightPx, fontPx, leadPx, trailPx } = SHAPES[kind];
  const text = lettersIn(label) * ADVANCE * fontPx;
  return { width: Math.max(MIN_WIDTH[kind], Math.ceil(leadPx + text + trailPx)), height: heightPx };
}

/** Shortens a long name in the middle, because both ends tell names apart. */
export function shorten(name: string): string {
  const letters = [...name];
  if (letters.length <= MAX_LETTERS) return name;
  return `${letters.slice(0, MAX_LETTERS - 12).join("")}…${letters.slice(-11).join("")}`;
}

/** Width in terminal columns: East Asian letters take two. */
function lettersIn(text: string): number {
  let columns = 0;
  for (const letter of text) columns += (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
