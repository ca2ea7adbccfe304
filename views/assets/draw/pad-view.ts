import type { Stroke } from "../../../src/domain/drawing.ts";
import { PAD_UNITS } from "./ink.ts";

/** Pen width in pad units: about that of the model's constant pen on a digit that fills the pad. */
const PEN_UNITS = 15;

/** Paints strokes on the pad's canvas, sharp on any screen; redraws them all each time. */
export class PadView {
  readonly #context: CanvasRenderingContext2D;
  readonly #canvas: HTMLCanvasElement;

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

  draw(strokes: readonly Stroke[]): void {
    const context = this.#context;
    const scale = this.#canvas.width / PAD_UNITS;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(this.#canvas).color;
    context.lineWidth = PEN_UNITS;
    for (const stroke of strokes) {
      context.beginPath();
      trace(context, stroke);
      context.stroke();
    }
  }
}

/** Draws a stroke through the midpoints between points, which rounds the corners of a fast pen. */
function trace(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [x0, y0] = stroke[0]!;
  context.moveTo(x0, y0);
  for (let i = 1; i < stroke.length - 1; i++) {
    const [x, y] = stroke[i]!;
    const [nextX, nextY] = stroke[i + 1]!;
    context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  const [x, y] = stroke.at(-1)!;
  // A line of zero length still has round ends: that draws a dot.
  context.lineTo(x, y);
}
