/** A place on the map, 0..1 on both axes, or on the screen in CSS pixels; y down. */
export interface Point {
  x: number;
  y: number;
}

/** The part of the map on the screen. */
export interface Viewport {
  /** CSS pixels for the side of the map. */
  scale: number;
  /** Where the map's corner is on the screen, in CSS pixels. */
  left: number;
  top: number;
}

/** The size of the screen's part, in CSS pixels. */
export interface ScreenSize {
  width: number;
  height: number;
}

/** How many times larger than the whole map a part may be shown. */
const MOST_ZOOM = 40;
/** Room for the glyphs at the border. */
const PADDING = 16;
/** So much of the map stays on the screen, in CSS pixels. */
const STAYS = 48;

/** The view of the whole map, centred. */
export function fitted({ width, height }: ScreenSize): Viewport {
  const scale = Math.max(1, Math.min(width, height) - 2 * PADDING);
  return { scale, left: (width - scale) / 2, top: (height - scale) / 2 };
}

/** Where a place of the map is on the screen. */
export function toScreen({ scale, left, top }: Viewport, { x, y }: Point): Point {
  return { x: left + x * scale, y: top + y * scale };
}

/** The inverse of `toScreen`. */
export function toMap({ scale, left, top }: Viewport, { x, y }: Point): Point {
  return { x: (x - left) / scale, y: (y - top) / scale };
}

/** Zooms so that the place under `at` stays there; from the whole map to `MOST_ZOOM` times that. */
export function zoomed(view: Viewport, factor: number, at: Point, size: ScreenSize): Viewport {
  const { scale: least } = fitted(size);
  const scale = Math.min(least * MOST_ZOOM, Math.max(least, view.scale * factor));
  const place = toMap(view, at);
  return kept({ scale, left: at.x - place.x * scale, top: at.y - place.y * scale }, size);
}

/** Moves the map on the screen. */
export function panned(view: Viewport, by: Point, size: ScreenSize): Viewport {
  return kept({ ...view, left: view.left + by.x, top: view.top + by.y }, size);
}

/** Keeps a part of the map on the screen. */
function kept({ scale, left, top }: Viewport, { width, height }: ScreenSize): Viewport {
  const within = (value: number, room: number) => Math.min(room - STAYS, Math.max(STAYS - scale, value));
  return { scale, left: within(left, width), top: within(top, height) };
}
