import type { Ink, PenSample } from "./ink.ts";

/** Callbacks of the pen. */
export interface PenEvents {
  /** A stroke begins. */
  down(): void;
  /** Ink was added to the current stroke. */
  drawn(): void;
  /** The current stroke was removed: it was a palm's, or the system has cancelled it. */
  erased(): void;
  /** No stroke is being drawn any more: it ended, or was erased and is not replaced. */
  lifted(): void;
  /** A pen was used for the first time: touches are ignored from now on. */
  penOnly(): void;
}

/** The element that people draw on; an HTMLElement is one. */
export interface PenSurface {
  addEventListener(type: PenEventType, listener: (event: PointerEvent) => void): void;
  getBoundingClientRect(): Pick<DOMRect, "left" | "top" | "width" | "height">;
  setPointerCapture(pointerId: number): void;
}

type PenEventType = "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "lostpointercapture";

/**
 * Connects mouse, finger and pen with the ink. One pointer draws at a time, so a second finger does no harm.
 *
 * A hand that rests on the screen draws nothing: a pen takes over from a touch, whose stroke is erased, and after a
 * pen, touches are ignored until `allowTouch`. A stroke that the system cancels, as it does for a palm, is erased too.
 */
export class Pen {
  readonly #pad: PenSurface;
  readonly #ink: Ink;
  readonly #events: PenEvents;
  #active: { id: number; isTouch: boolean } | null = null;
  /** Undecided until a pen is used. */
  #touch: "undecided" | "ignored" | "allowed" = "undecided";

  constructor(pad: PenSurface, ink: Ink, events: PenEvents) {
    this.#pad = pad;
    this.#ink = ink;
    this.#events = events;
    pad.addEventListener("pointerdown", (event) => this.#down(event));
    pad.addEventListener("pointermove", (event) => this.#move(event));
    pad.addEventListener("pointerup", (event) => this.#up(event));
    pad.addEventListener("pointercancel", (event) => this.#cancel(event));
    // Follows each of the two; comes alone when the browser takes the pointer away.
    pad.addEventListener("lostpointercapture", (event) => this.#up(event));
  }

  /** Lets fingers draw, too, from now on; a pen still takes over from them. */
  allowTouch(): void {
    this.#touch = "allowed";
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    // Without this, an ignored touch would still become a click, or select text.
    event.preventDefault();
    const isTouch = event.pointerType === "touch";
    if (isTouch && this.#touch === "ignored") return;
    if (event.pointerType === "pen") this.#penUsed();
    if (this.#active !== null && !this.#takeOver(isTouch)) return;
    this.#active = { id: event.pointerId, isTouch };
    this.#pad.setPointerCapture(event.pointerId);
    this.#events.down();
    this.#ink.begin(sampleOf(event, this.#pad.getBoundingClientRect()));
    this.#events.drawn();
  }

  #penUsed(): void {
    if (this.#touch !== "undecided") return;
    this.#touch = "ignored";
    this.#events.penOnly();
  }

  /** @returns whether a touch was drawing and its stroke has made room for the new pointer, which is no touch. */
  #takeOver(isTouch: boolean): boolean {
    if (isTouch || this.#active?.isTouch !== true) return false;
    this.#erase();
    return true;
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#active?.id) return;
    const box = this.#pad.getBoundingClientRect();
    this.#ink.extend(allOf(event).map((each) => sampleOf(each, box)));
    this.#events.drawn();
  }

  #up(event: PointerEvent): void {
    if (event.pointerId !== this.#active?.id) return;
    this.#active = null;
    // Not so when the ink was cleared or undone under the pen.
    if (!this.#ink.isDown) return;
    this.#ink.end();
    this.#events.lifted();
  }

  #cancel(event: PointerEvent): void {
    if (event.pointerId !== this.#active?.id) return;
    this.#active = null;
    if (this.#erase()) this.#events.lifted();
  }

  /** @returns false when the ink was cleared or undone under the pen. */
  #erase(): boolean {
    if (!this.#ink.isDown) return false;
    this.#ink.undo();
    this.#events.erased();
    return true;
  }
}

/** Includes the points between two frames, where the browser provides them (on HTTPS and localhost). */
function allOf(event: PointerEvent): PointerEvent[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}

function sampleOf(event: PointerEvent, box: Pick<DOMRect, "left" | "top" | "width" | "height">): PenSample {
  return {
    x: (event.clientX - box.left) / box.width,
    y: (event.clientY - box.top) / box.height,
    timeMs: event.timeStamp,
    pressure: event.pressure,
  };
}
