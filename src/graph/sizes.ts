import type { ElementKind, GraphElement } from "./elements.ts";

/** Of the monospaced fonts in use, the widest advance, in em. */
const ADVANCE = 0.605;
const MAX_LETTERS = 30;

export interface Shape {
  heightPx: number;
  fontPx: number;
  /** Left of the text: the seal of a node, the sign of a dataset. */
  leadPx: number;
  trailPx: number;
}

export const SHAPES: Readonly<Record<ElementKind, Shape>> = {
  node: { heightPx: 44, fontPx: 13, leadPx: 54, trailPx: 16 },
  namespace: { heightPx: 44, fontPx: 13, leadPx: 54, trailPx: 20 },
  dataset: { heightPx: 32, fontPx: 12, leadPx: 32, trailPx: 22 },
  parameter: { heightPx: 26, fontPx: 11, leadPx: 28, trailPx: 14 },
};

/** A node says how far it is on a second line, which needs some room. */
const MIN_WIDTH: Readonly<Record<ElementKind, number>> = {
  node: 150,
  namespace: 150,
  dataset: 84,
  parameter: 64,
};

export function sizeOf({ kind, label }: Pick<GraphElement, "kind" | "label">): {
  width: number;
  height: number;
} {
  const { heightPx, fontPx, leadPx, trailPx } = SHAPES[kind];
  const text = lettersIn(label) * ADVANCE * fontPx;
  return { width: Math.max(MIN_WIDTH[kind], Math.ceil(leadPx + text + trailPx)), height: heightPx };
}

/** The middle of a long name goes: both ends tell names apart. */
export function shorten(name: string): string {
  const letters = [...name];
  if (letters.length <= MAX_LETTERS) return name;
  return `${letters.slice(0, MAX_LETTERS - 12).join("")}…${letters.slice(-11).join("")}`;
}

/** In columns of a terminal: East Asian letters take two. */
function lettersIn(text: string): number {
  let columns = 0;
  for (const letter of text) columns += (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
