import type { Point } from "./viewport.ts";

/** The action of one finger, or of the mouse. */
export type DragMode = "lasso" | "pan";

/** Callbacks of the gestures; places are in CSS pixels from the corner of the map's element. */
export interface GestureEvents {
  mode(): DragMode;
  /** The line that is being drawn; empty when it ends or is given up. */
  drawing(line: readonly Point[]): void;
  /** A line was drawn around something. */
  lassoed(line: readonly Point[], isAdding: boolean): void;
  clicked(at: Point, isAdding: boolean): void;
  panned(by: Point): void;
  zoomed(factor: number, at: Point): void;
  /** Null when the pointer leaves. */
  hovered(at: Point | null): void;
}

/** A pointer that moves less is a click, in CSS pixels. */
const CLICK_PX = 5;
/** Between two corners of a line, in CSS pixels. */
const STEP_PX = 3;
const WHEEL = 0.0015;

/** Mouse, pen and fingers on the map: one draws a lasso or moves the map, two zoom and move it. */
export class Gestures {
  readonly #surface: HTMLElement;
  readonly #events: GestureEvents;
  /** The pointers that are down, by their ids. */
  readonly #down = new Map<number, Point>();
  #line: Point[] = [];
  #isPanning = false;
  #isClick = false;

  constructor(surface: HTMLElement, events: GestureEvents) {
    this.#surface = surface;
    this.#events = events;
    surface.addEventListener("pointerdown", (event) => this.#pressed(event));
    surface.addEventListener("pointermove", (event) => this.#moved(event));
    surface.addEventListener("pointerup", (event) => this.#lifted(event));
    surface.addEventListener("pointercancel", (event) => this.#givenUp(event));
    surface.addEventListener("pointerleave", () => this.#events.hovered(null));
    surface.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  #placeOf({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.#surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #pressed(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    this.#surface.setPointerCapture(event.pointerId);
    const at = this.#placeOf(event);
    this.#down.set(event.pointerId, at);
    const isSecond = this.#down.size > 1;
    this.#isClick = !isSecond;
    this.#isPanning = isSecond || event.button === 1 || this.#events.mode() === "pan";
    this.#line = isSecond ? [] : [at];
    if (isSecond) this.#events.drawing([]);
  }

  #moved(event: PointerEvent): void {
    const at = this.#placeOf(event);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== "touch") this.#events.hovered(at);
      return;
    }
    if (this.#down.size === 2) {
      this.#pinch(event.pointerId, before, at);
      return;
    }
    const start = this.#line[0] ?? before;
    if (distance(start, at) > CLICK_PX) this.#isClick = false;
    if (this.#isPanning) {
      if (this.#isClick) return;
      this.#down.set(event.pointerId, at);
      this.#events.panned({ x: at.x - before.x, y: at.y - before.y });
    } else if (distance(this.#line.at(-1) ?? at, at) >= STEP_PX) {
      this.#line.push(at);
      this.#events.drawing(this.#line);
    }
  }

  /** The place between the fingers stays under them. */
  #pinch(id: number, before: Point, at: Point): void {
    const [other] = [...this.#down].filter(([key]) => key !== id).map(([, point]) => point);
    if (other === undefined) return;
    const [from, to] = [middle(before, other), middle(at, other)];
    this.#down.set(id, at);
    this.#events.panned({ x: to.x - from.x, y: to.y - from.y });
    this.#events.zoomed(distance(at, other) / Math.max(1, distance(before, other)), to);
  }

  #lifted(event: PointerEvent): void {
    if (!this.#down.delete(event.pointerId)) return;
    const line = this.#line;
    if (this.#down.size > 0) return;
    this.#line = [];
    this.#events.drawing([]);
    if (this.#isClick) this.#events.clicked(this.#placeOf(event), event.shiftKey);
    else if (!this.#isPanning && line.length > 2) this.#events.lassoed(line, event.shiftKey);
  }

  #givenUp(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    this.#line = [];
    this.#isClick = false;
    this.#events.drawing([]);
  }

  /** Without the focus, the wheel scrolls the page, as it does over everything else. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && document.activeElement !== this.#surface) return;
    event.preventDefault();
    this.#events.zoomed(Math.exp(-event.deltaY * WHEEL), this.#placeOf(event));
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
