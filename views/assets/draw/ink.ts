import type { Drawing, Point, Stroke } from "../../../src/domain/drawing.ts";

/** Width and height of the drawing area in pad units, at any size on the screen. */
export const PAD_UNITS = 400;

/** Points nearer than this to the previous point, in pad units, do not affect the shape and are dropped. */
const MIN_DISTANCE = 0.4;
const MAX_TIME_MS = 86_400_000;

/** A place on the pad, as a share of its side, with the time of the event and the pressure of the pen. */
export interface PenSample {
  x: number;
  y: number;
  timeMs: number;
  /** 0..1; 0.5 for a mouse. */
  pressure: number;
}

/**
 * The current drawing: strokes in pad units, with the time since the first point and the pressure. Points outside
 * the pad are moved to its edge, so that the model sees no ink that the writer does not see.
 */
export class Ink {
  #strokes: Point[][] = [];
  #startMs = 0;
  #isDown = false;

  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  /** Pen down: starts a new stroke. */
  begin(sample: PenSample): void {
    if (this.isEmpty) this.#startMs = sample.timeMs;
    this.#strokes.push([this.#point(sample)]);
    this.#isDown = true;
  }

  /** Pen move: ignored unless the pen is down. */
  extend(samples: readonly PenSample[]): void {
    const stroke = this.#strokes.at(-1);
    if (!this.#isDown || stroke === undefined) return;
    for (const sample of samples) {
      const point = this.#point(sample);
      const last = stroke.at(-1)!;
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= MIN_DISTANCE) stroke.push(point);
    }
  }

  /** Pen up: ends the stroke. */
  end(): void {
    this.#isDown = false;
  }

  /** Removes the last stroke. @returns whether there was one. */
  undo(): boolean {
    this.#isDown = false;
    return this.#strokes.pop() !== undefined;
  }

  clear(): void {
    this.#isDown = false;
    this.#strokes = [];
  }

  /** Restores a drawing, as after undoing a label. */
  restore(strokes: readonly Stroke[]): void {
    this.#isDown = false;
    this.#strokes = strokes.map((stroke) => [...stroke]);
    this.#startMs = 0;
  }

  drawing(): Drawing {
    return { strokes: this.#strokes.map((stroke) => [...stroke]), width: PAD_UNITS, height: PAD_UNITS };
  }

  #point(sample: PenSample): Point {
    const timeMs = Math.min(MAX_TIME_MS, Math.max(0, Math.round(sample.timeMs - this.#startMs)));
    return [onPad(sample.x), onPad(sample.y), timeMs, round(Math.min(1, Math.max(0, sample.pressure)), 100)];
  }
}

function onPad(share: number): number {
  return round(Math.min(1, Math.max(0, share)) * PAD_UNITS, 10);
}

function round(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
