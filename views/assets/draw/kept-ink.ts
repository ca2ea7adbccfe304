import type { Stroke } from "../../../src/domain/drawing.ts";

const KEY = "tegaki.ink";

/** The drawing on the pad, which has no label yet: a reload of the page does not lose it. */
export class KeptInk {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

  /** @param storage sessionStorage; null where the browser does not provide it. */
  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null) {
    this.#storage = storage;
  }

  /** Where the browser stores nothing, or no more, the drawing lasts as long as the page. */
  keep(strokes: readonly Stroke[]): void {
    try {
      if (strokes.length === 0) this.#storage?.removeItem(KEY);
      else this.#storage?.setItem(KEY, JSON.stringify(strokes));
    } catch {
      // An older drawing must not come back in its place.
      this.#storage?.removeItem(KEY);
    }
  }

  /** The strokes that were kept; empty when there are none, or they are not what `keep` has written. */
  read(): Stroke[] {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(KEY) ?? "[]");
      return Array.isArray(value) && value.every(isStroke) ? value : [];
    } catch {
      return [];
    }
  }
}

function isStroke(value: unknown): value is Stroke {
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length >= 2 && point.every(Number.isFinite);
  return Array.isArray(value) && value.length > 0 && value.every(isPoint);
}
