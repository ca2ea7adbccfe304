import type { MapPoints } from "./points.ts";
import { type Point, toScreen, type Viewport } from "./viewport.ts";

/** The colours of the page, as the browser computes them. */
export interface MapColours {
  /** By label; the last one is of drawings of none of the classes. */
  labels: readonly string[];
  ink: string;
  paper: string;
  accent: string;
  onAccent: string;
  font: string;
}

/** Everything that is painted. */
export interface MapPicture {
  points: MapPoints;
  view: Viewport;
  selected: ReadonlySet<number>;
  /** Whether wrong predictions have a ring. */
  marksWrong: boolean;
  /** The point under the pointer or the cross; null for none. */
  current: number | null;
  /** The line of a lasso. */
  line: readonly Point[];
  /** The box of the keyboard, on the screen; null while the map does not have the focus by the keyboard. */
  box: { x: number; y: number; width: number; height: number } | null;
}

/** The sign of a drawing of none of the classes. */
export const NONE_SIGN = "∅";
const GLYPH_PX = 11;
const LEAST_GLYPH_PX = 8;
/** The glyphs of a small window are smaller, because it has as many. */
const GLYPHS_A_SIDE = 50;
const MOST_GLYPH_PX = 20;

/** Returns what a point is drawn as: the label, or the start of a long one. */
export function signOf(label: string | undefined): string {
  return label === undefined ? NONE_SIGN : [...label].slice(0, 2).join("");
}

/** Paints the map: each drawing as its label, so that colour is not the only sign. */
export function paintMap(canvas: HTMLCanvasElement, picture: MapPicture, colours: MapColours): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const { points, view, selected, current } = picture;
  const size = glyphPx(view, Math.min(width, height));
  context.font = `600 ${size}px ${colours.font}`;
  const late: number[] = [];
  for (let i = 0; i < points.n; i++) {
    if (!points.isShown(i)) continue;
    const at = toScreen(view, points.at(i));
    if (at.x < -size || at.y < -size || at.x > width + size || at.y > height + size) continue;
    if (selected.has(i) || i === current || (picture.marksWrong && points.isWrong(i))) late.push(i);
    else glyph(context, points, i, at, colours);
  }
  // On top of the others.
  for (const i of late) {
    const at = toScreen(view, points.at(i));
    disc(context, at, size, selected.has(i) ? colours.accent : colours.paper);
    if (picture.marksWrong && points.isWrong(i)) ring(context, at, size, 1.5, colours.ink);
    if (i === current) ring(context, at, size * 1.3, 2.5, colours.ink);
    if (selected.has(i)) context.fillStyle = colours.onAccent;
    glyph(context, points, i, at, colours, selected.has(i));
  }
  line(context, picture.line, colours);
  box(context, picture.box, colours);
}

function glyphPx({ scale }: Viewport, whole: number): number {
  const least = Math.min(GLYPH_PX, Math.max(LEAST_GLYPH_PX, whole / GLYPHS_A_SIDE));
  return Math.min(MOST_GLYPH_PX, least * Math.max(1, scale / Math.max(1, whole)) ** 0.35);
}

function glyph(
  context: CanvasRenderingContext2D,
  points: MapPoints,
  i: number,
  at: Point,
  { labels, ink }: MapColours,
  isColoured = false,
): void {
  const label = points.label(i);
  if (!isColoured) context.fillStyle = labels.at(label) || ink;
  context.fillText(signOf(points.labels[label]), at.x, at.y);
}

function disc(context: CanvasRenderingContext2D, { x, y }: Point, size: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, size * 0.75, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function ring(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  size: number,
  width: number,
  colour: string,
): void {
  context.beginPath();
  context.arc(x, y, size * 0.8, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function line(context: CanvasRenderingContext2D, points: readonly Point[], { accent }: MapColours): void {
  if (points.length < 2) return;
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.closePath();
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 0.12;
  context.fillStyle = accent;
  context.fill("evenodd");
  context.globalAlpha = 1;
}

function box(context: CanvasRenderingContext2D, place: MapPicture["box"], { accent, ink }: MapColours): void {
  if (place === null) return;
  const { x, y, width, height } = place;
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.strokeRect(x - width / 2, y - height / 2, width, height);
  context.strokeStyle = ink;
  context.beginPath();
  context.moveTo(x - 6, y);
  context.lineTo(x + 6, y);
  context.moveTo(x, y - 6);
  context.lineTo(x, y + 6);
  context.stroke();
}
