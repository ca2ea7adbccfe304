import { expect, test } from "bun:test";
import type { Stroke } from "../../../../src/domain/drawing.ts";
import { KeptInk } from "../../../../views/assets/draw/kept-ink.ts";

const STROKES: Stroke[] = [
  [
    [1, 2, 0],
    [3, 4, 10],
  ],
];
const PICTURE = { pixels: Array.from({ length: 784 }, (_, i) => i % 256) };

/** A storage that holds at most `room` characters for each key. */
function storage(room = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
  };
}

test("KeptInk returns the drawing and the picture that were kept, and nothing once the pad is empty", () => {
  const kept = new KeptInk(storage());
  kept.keep({ strokes: STROKES, picture: PICTURE });
  expect(kept.read()).toEqual({ strokes: STROKES, picture: PICTURE });
  kept.keep({ strokes: [], picture: null });
  expect(kept.read()).toEqual({ strokes: [], picture: null });
});

test("KeptInk keeps nothing of a drawing over 1,000,000 characters, not even the one before it, and still keeps the picture", () => {
  const kept = new KeptInk(storage());
  kept.keep({ strokes: STROKES, picture: null });
  const long: Stroke = Array.from({ length: 120_000 }, () => [100, 100, 0]);
  kept.keep({ strokes: [long], picture: PICTURE });
  expect(kept.read()).toEqual({ strokes: [], picture: PICTURE });
});

test("KeptInk drops the older picture when the storage is full", () => {
  const full = storage(3000);
  const kept = new KeptInk(full);
  kept.keep({ strokes: [], picture: { pixels: PICTURE.pixels.map(() => 0) } });
  expect(kept.read().picture).not.toBeNull();
  kept.keep({ strokes: [], picture: { pixels: PICTURE.pixels.map(() => 255) } });
  expect(kept.read().picture).toBeNull();
});

test.each([
  ["too few pixels", JSON.stringify([1, 2, 3])],
  ["a pixel over 255", JSON.stringify(PICTURE.pixels.with(0, 256))],
  ["a fraction", JSON.stringify(PICTURE.pixels.with(0, 0.5))],
  ["no JSON", "{"],
])("KeptInk ignores a stored picture with %s", (_, text) => {
  const given = storage();
  given.items.set("tegaki.picture", text);
  expect(new KeptInk(given).read().picture).toBeNull();
});
