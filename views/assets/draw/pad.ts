import type { Drawing, Stroke } from "../../../src/domain/drawing.ts";
import { Ink } from "./ink.ts";
import { PadView } from "./pad-view.ts";
import { connectPen } from "./pointer.ts";
import { thin } from "./thin.ts";

/** Events of the pad. */
export interface PadEvents {
  /** A stroke begins. */
  began(): void;
  /** The ink is another: a stroke was added or undone, or all was cleared or put back. */
  changed(): void;
}

/** The square that people draw on: its ink, painted at most once a frame. */
export class Pad {
  readonly #element: HTMLElement;
  readonly #ink = new Ink();
  readonly #view: PadView;
  readonly #events: PadEvents;
  #frame = 0;

  constructor(element: HTMLElement, events: PadEvents) {
    this.#element = element;
    this.#events = events;
    const canvas = element.querySelector("canvas")!;
    this.#view = new PadView(canvas);
    connectPen(canvas, this.#ink, {
      down: () => events.began(),
      drawn: () => {
        this.#markInk();
        this.#paint();
      },
      lifted: () => this.#change(),
    });
    new ResizeObserver(() => {
      if (this.#view.fit()) this.repaint();
    }).observe(canvas);
    this.#view.fit();
  }

  get isEmpty(): boolean {
    return this.#ink.isEmpty;
  }

  /** The drawing with no more points than the server takes; null when even fewer would not do. */
  drawing(): Drawing | null {
    return thin(this.#ink.drawing());
  }

  clear(): void {
    this.#ink.clear();
    this.#change();
  }

  /** Puts strokes on the pad in place of what is there. */
  restore(strokes: readonly Stroke[]): void {
    this.#ink.restore(strokes);
    this.#change();
  }

  /** Removes the last stroke. @returns whether there was one. */
  undo(): boolean {
    if (!this.#ink.undo()) return false;
    this.#change();
    return true;
  }

  /** Paints at once, for instance in the colours of the other scheme. */
  repaint(): void {
    this.#view.draw(this.#ink.strokes);
  }

  #change(): void {
    this.#markInk();
    this.#paint();
    this.#events.changed();
  }

  #markInk(): void {
    const hasInk = String(!this.#ink.isEmpty);
    if (this.#element.dataset.ink !== hasInk) this.#element.dataset.ink = hasInk;
  }

  #paint(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.repaint();
    });
  }
}
