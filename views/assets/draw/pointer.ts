import type { Ink, PenSample } from "./ink.ts";

/** Callbacks of the pen. */
export interface PenEvents {
  /** The ink has changed: paint it. */
  drawn(): void;
  down(): void;
  /** The pen was lifted. */
  lifted(): void;
}

/**
 * Connects mouse, finger and pen with the ink. The first pointer that touches draws; others are
 * ignored until it is lifted, so a resting palm or a second finger does no harm.
 */
export function connectPen(pad: HTMLElement, ink: Ink, events: PenEvents): void {
  let pointerId: number | null = null;

  pad.addEventListener("pointerdown", (event) => {
    if (pointerId !== null || event.button !== 0) return;
    event.preventDefault();
    pointerId = event.pointerId;
    pad.setPointerCapture(pointerId);
    // Enter and Space now apply to the drawing, not to the previously pressed button.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    events.down();
    ink.begin(sampleOf(event, pad.getBoundingClientRect()));
    events.drawn();
  });

  pad.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointerId) return;
    const box = pad.getBoundingClientRect();
    ink.extend(allOf(event).map((each) => sampleOf(each, box)));
    events.drawn();
  });

  const lift = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    pointerId = null;
    if (!ink.isDown) return;
    ink.end();
    events.lifted();
  };
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  pad.addEventListener("contextmenu", (event) => event.preventDefault());
}

/** Includes the points between two frames, where the browser provides them (on HTTPS and localhost). */
function allOf(event: PointerEvent): PointerEvent[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}

function sampleOf(event: PointerEvent, box: DOMRect): PenSample {
  return {
    x: (event.clientX - box.left) / box.width,
    y: (event.clientY - box.top) / box.height,
    timeMs: event.timeStamp,
    pressure: event.pressure,
  };
}
