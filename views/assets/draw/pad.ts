import { strayStrokes } from "../../../src/digits/stray-strokes.ts";
import type { Drawing, Stroke } from "../../../src/domain/drawing.ts";
import { Ink } from "./ink.ts";
import { PadView } from "./pad-view.ts";
import { Pen } from "./pointer.ts";
import { thin } from "./thin.ts";

/** Events of the pad. */
export interface PadEvents {
  /** A stroke begins. */
  began(): void;
  /** The ink is another: a stroke was added or undone, or all was cleared or put back. */
  changed(): void;
  /** A pen was used: touches are ignored from now on. */
  penOnly(): void;
}

/** The square that people draw on: its ink, painted at most once a frame. */
export class Pad {
  readonly #element: HTMLElement;
  readonly #ink = new Ink();
  readonly #pen: Pen;
  readonly #view: PadView;
  readonly #events: PadEvents;
  /** Indices of the strokes that the model does not see. */
  #stray: ReadonlySet<number> = new Set();
  #frame = 0;
  /** Whether ink was removed or its colour has changed since it was painted. */
  #isStale = false;

  constructor(element: HTMLElement, events: PadEvents) {
    this.#element = element;
    this.#events = events;
    const canvas = element.querySelector("canvas")!;
    this.#view = new PadView(canvas);
    this.#pen = new Pen(canvas, this.#ink, {
      down: () => this.#began(),
      drawn: () => this.#paint(),
      erased: () => {
        this.#isStale = true;
      },
      lifted: () => this.#change(),
      penOnly: () => events.penOnly(),
    });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    new ResizeObserver(() => {
      if (this.#view.fit()) this.repaint();
    }).observe(canvas);
    this.#view.fit();
    this.repaint();
  }

  get isEmpty(): boolean {
    return this.#ink.isEmpty;
  }

  /** The ink as it was drawn. */
  get strokes(): readonly Stroke[] {
    return this.#ink.strokes;
  }

  /** The drawing as it was drawn, however long. */
  drawn(): Drawing {
    return this.#ink.drawing();
  }

  /** The drawing with no more points than the server takes; null when even fewer would not do. */
  drawing(): Drawing | null {
    return thin(this.#ink.drawing());
  }

  clear(): void {
    this.#ink.clear();
    this.#isStale = true;
    this.#change();
  }

  /** Puts strokes on the pad in place of what is there. */
  restore(strokes: readonly Stroke[]): void {
    this.#ink.restore(strokes);
    this.#isStale = true;
    this.#change();
  }

  /** Removes the last stroke. @returns whether there was one. */
  undo(): boolean {
    if (!this.#ink.undo()) return false;
    this.#isStale = true;
    this.#change();
    return true;
  }

  /** Lets fingers draw although a pen was used. */
  allowTouch(): void {
    this.#pen.allowTouch();
  }

  /** Paints all at once, for instance in the colours of the other scheme. */
  repaint(): void {
    this.#isStale = false;
    this.#view.draw(this.#ink.strokes, this.#stray);
  }

  #began(): void {
    // Enter and Space now apply to the drawing, not to the previously pressed button.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.#events.began();
  }

  #change(): void {
    this.#markStray();
    this.#paint();
    this.#events.changed();
  }

  /** Shows which strokes the model does not see: they are pale, and a line says why. */
  #markStray(): void {
    const stray = strayStrokes(this.#ink.strokes);
    if (stray.length === this.#stray.size && stray.every((index) => this.#stray.has(index))) return;
    this.#stray = new Set(stray);
    this.#isStale = true;
    const note = this.#element.querySelector<HTMLElement>(".pad-note")!;
    note.textContent = stray.length === 0 ? "" : (note.dataset.text ?? "");
  }

  #paint(): void {
    const hasInk = String(!this.#ink.isEmpty);
    if (this.#element.dataset.ink !== hasInk) this.#element.dataset.ink = hasInk;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#isStale) this.repaint();
      else this.#view.extend(this.#ink.strokes);
    });
  }
}
