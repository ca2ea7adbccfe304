import type { Stroke } from "../../../src/domain/drawing.ts";
import { PAD_UNITS } from "./ink.ts";
import { trace } from "./trace.ts";

/** Pen width in pad units: about that of the model's constant pen on a digit that fills the pad. */
const PEN_UNITS = 15;

/** Opacity of the ink that the model does not see. */
const PALE = 0.3;

/** Paints strokes on the pad's canvas, sharp on any screen. */
export class PadView {
  readonly #context: CanvasRenderingContext2D;
  readonly #canvas: HTMLCanvasElement;
  /** The newest painted stroke, and how many of its points are painted. */
  #painted = { stroke: 0, points: 0 };

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d")!;
  }

  /** Matches the canvas's pixels to its size on the screen. @returns whether it changed and is now blank. */
  fit(): boolean {
    const side = Math.max(1, Math.round(this.#canvas.clientWidth * devicePixelRatio));
    if (this.#canvas.width === side && this.#canvas.height === side) return false;
    this.#canvas.width = side;
    this.#canvas.height = side;
    return true;
  }

  /** Paints all of the strokes in place of what is there. @param pale indices of the strokes to paint paler. */
  draw(strokes: readonly Stroke[], pale: ReadonlySet<number>): void {
    const context = this.#context;
    const scale = this.#canvas.width / PAD_UNITS;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(this.#canvas).color;
    context.lineWidth = PEN_UNITS;
    strokes.forEach((stroke, index) => {
      context.globalAlpha = pale.has(index) ? PALE : 1;
      this.#paint(stroke, 0);
    });
    context.globalAlpha = 1;
    this.#painted = { stroke: Math.max(0, strokes.length - 1), points: strokes.at(-1)?.length ?? 0 };
  }

  /** Paints only what was added to the strokes since they were painted last: the time does not grow with the ink. */
  extend(strokes: readonly Stroke[]): void {
    for (let index = this.#painted.stroke; index < strokes.length; index++) {
      const stroke = strokes[index]!;
      const points = index === this.#painted.stroke ? this.#painted.points : 0;
      if (stroke.length > points) this.#paint(stroke, points);
      this.#painted = { stroke: index, points: stroke.length };
    }
  }

  /** Paints a stroke from its point `from` on, joined to the points before. */
  #paint(stroke: Stroke, from: number): void {
    this.#context.beginPath();
    trace(this.#context, stroke, from);
    this.#context.stroke();
  }
}
