import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Ink } from "../../../../views/assets/draw/ink.ts";
import { Pen, type PenSurface } from "../../../../views/assets/draw/pointer.ts";

type Type = Parameters<PenSurface["addEventListener"]>[0];
type Kind = "mouse" | "touch" | "pen";

/** A pad of 100 × 100 pixels, its ink, and the callbacks so far. */
function padWithPen() {
  const target = new EventTarget();
  const ink = new Ink();
  const calls: string[] = [];
  const captured: number[] = [];
  const note = (name: string) => () => void calls.push(name);
  const surface: PenSurface = {
    addEventListener: (type, listener) => target.addEventListener(type, listener as EventListener),
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 100, height: 100 }),
    setPointerCapture: (pointerId) => void captured.push(pointerId),
  };
  const pen = new Pen(surface, ink, {
    down: note("down"),
    drawn: note("drawn"),
    erased: note("erased"),
    lifted: note("lifted"),
    penOnly: note("penOnly"),
  });
  const send = (type: Type, pointerType: Kind, pointerId: number, x = 50, y = 50, button = 0) => {
    const event = new Event(type, { cancelable: true });
    target.dispatchEvent(
      Object.assign(event, { pointerType, pointerId, button, clientX: x, clientY: y, pressure: 0.5 }),
    );
    return event;
  };
  const xs = () => ink.strokes.map((stroke) => stroke.map(([x]) => x / 4));
  return { pen, ink, calls, captured, send, xs };
}

describe("Pen", () => {
  for (const kind of ["mouse", "touch", "pen"] as const) {
    test(`draws a stroke with a ${kind} from down to up, and captures the pointer`, () => {
      const { send, xs, calls, captured } = padWithPen();
      send("pointermove", kind, 1, 5);
      send("pointerdown", kind, 1, 10);
      send("pointermove", kind, 1, 20);
      send("pointerup", kind, 1, 20);
      send("lostpointercapture", kind, 1, 20);
      send("pointermove", kind, 1, 30);
      expect(xs()).toEqual([[10, 20]]);
      expect(captured).toEqual([1]);
      expect(calls.filter((name) => name !== "penOnly")).toEqual(["down", "drawn", "drawn", "lifted"]);
    });
  }

  test("ignores other buttons, and a second finger while one draws", () => {
    const { send, xs, calls } = padWithPen();
    send("pointerdown", "mouse", 1, 10, 10, 2);
    expect(calls).toEqual([]);
    send("pointerdown", "touch", 2, 10);
    send("pointerdown", "touch", 3, 90);
    send("pointermove", "touch", 3, 95);
    send("pointermove", "touch", 2, 20);
    send("pointerup", "touch", 3, 95);
    send("pointerup", "touch", 2, 20);
    expect(xs()).toEqual([[10, 20]]);
  });

  test("takes over from a touch with a pen: the palm's stroke is erased, earlier strokes stay", () => {
    const { send, xs, calls } = padWithPen();
    send("pointerdown", "mouse", 1, 1);
    send("pointerup", "mouse", 1, 1);
    send("pointerdown", "touch", 2, 90);
    send("pointermove", "touch", 2, 80);
    calls.length = 0;
    send("pointerdown", "pen", 3, 10);
    expect(calls).toEqual(["penOnly", "erased", "down", "drawn"]);
    send("pointermove", "touch", 2, 70);
    send("pointermove", "pen", 3, 20);
    send("pointerup", "touch", 2, 70);
    send("pointermove", "pen", 3, 30);
    send("pointerup", "pen", 3, 30);
    expect(xs()).toEqual([[1], [10, 20, 30]]);
    expect(calls.filter((name) => name === "lifted")).toHaveLength(1);
  });

  test("ignores touches after a pen until allowTouch(), and keeps them from becoming clicks", () => {
    const { pen, send, xs, calls } = padWithPen();
    send("pointerdown", "pen", 1, 10);
    send("pointerup", "pen", 1, 10);
    expect(send("pointerdown", "touch", 2, 90).defaultPrevented).toBe(true);
    send("pointermove", "touch", 2, 80);
    send("pointerup", "touch", 2, 80);
    expect(xs()).toEqual([[10]]);
    pen.allowTouch();
    send("pointerdown", "touch", 3, 50);
    send("pointerup", "touch", 3, 50);
    // A person's choice is not overridden by the next stroke of the pen.
    send("pointerdown", "pen", 4, 20);
    send("pointerup", "pen", 4, 20);
    send("pointerdown", "touch", 5, 60);
    send("pointerup", "touch", 5, 60);
    expect(xs()).toEqual([[10], [50], [20], [60]]);
    expect(calls.filter((name) => name === "penOnly")).toHaveLength(1);
  });

  test("does not take over from a mouse, another pen, or for a touch", () => {
    for (const [first, second] of [
      ["mouse", "pen"],
      ["pen", "pen"],
      ["pen", "mouse"],
      ["mouse", "touch"],
    ] as const) {
      const { send, xs } = padWithPen();
      send("pointerdown", first, 1, 10);
      send("pointerdown", second, 2, 90);
      send("pointermove", second, 2, 80);
      send("pointerup", second, 2, 80);
      send("pointermove", first, 1, 20);
      send("pointerup", first, 1, 20);
      expect({ first, second, xs: xs() }).toEqual({ first, second, xs: [[10, 20]] });
    }
  });

  test("erases a cancelled stroke instead of lifting the pen, and draws the next one", () => {
    const { send, xs, calls } = padWithPen();
    send("pointerdown", "touch", 1, 10);
    send("pointermove", "touch", 1, 20);
    send("pointercancel", "touch", 1, 20);
    send("lostpointercapture", "touch", 1, 20);
    expect(xs()).toEqual([]);
    expect(calls).toEqual(["down", "drawn", "drawn", "erased", "lifted"]);
    send("pointerdown", "touch", 2, 30);
    send("pointerup", "touch", 2, 30);
    expect(xs()).toEqual([[30]]);
  });

  test("leaves earlier strokes alone when a stroke that was cleared under the pen ends or is cancelled", () => {
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      const { send, ink, xs, calls } = padWithPen();
      send("pointerdown", "pen", 1, 1);
      send("pointerup", "pen", 1, 1);
      send("pointerdown", "pen", 2, 10);
      ink.undo();
      calls.length = 0;
      send("pointermove", "pen", 2, 20);
      send(end, "pen", 2, 20);
      expect({ end, xs: xs(), calls }).toEqual({ end, xs: [[1]], calls: ["drawn"] });
    }
  });

  test("frees the pad when the browser takes the pointer away", () => {
    const { send, xs } = padWithPen();
    send("pointerdown", "mouse", 1, 10);
    send("lostpointercapture", "mouse", 1, 10);
    send("pointerdown", "mouse", 1, 30);
    send("pointerup", "mouse", 1, 30);
    expect(xs()).toEqual([[10], [30]]);
  });

  test("draws exactly the pen's strokes, whatever touches do before, between and after", () => {
    const touchEvent = fc.tuple(
      fc.constantFrom<Type[]>(
        "pointerdown",
        "pointermove",
        "pointerup",
        "pointercancel",
        "lostpointercapture",
      ),
      fc.integer({ min: 10, max: 13 }),
      fc.integer({ min: 0, max: 100 }),
    );
    const touches = fc.array(touchEvent, { maxLength: 6 });
    // The touches come first only as one that is still down: a finger that was lifted has drawn.
    fc.assert(
      fc.property(fc.array(touches, { minLength: 5, maxLength: 5 }), fc.boolean(), (between, isPalmDown) => {
        const { send, xs, ink } = padWithPen();
        const touch = (i: number) => {
          for (const [type, id, x] of between[i]!) send(type, "touch", id, x);
        };
        if (isPalmDown) send("pointerdown", "touch", 9, 99);
        send("pointerdown", "pen", 1, 10);
        touch(0);
        send("pointermove", "pen", 1, 20);
        touch(1);
        send("pointerup", "pen", 1, 20);
        touch(2);
        send("pointerdown", "pen", 1, 30);
        touch(3);
        send("pointerup", "pen", 1, 30);
        touch(4);
        expect(xs()).toEqual([[10, 20], [30]]);
        expect(ink.isDown).toBe(false);
      }),
      { seed: 20261128, numRuns: 300 },
    );
  });
});
