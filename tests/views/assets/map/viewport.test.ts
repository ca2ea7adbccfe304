import { expect, test } from "bun:test";
import { createRandom } from "../../../../src/lib/random.ts";
import { fitted, panned, toMap, toScreen, zoomed } from "../../../../views/assets/map/viewport.ts";

const SIZE = { width: 900, height: 500 };

test("toMap() is the inverse of toScreen() within 1e-9, after any zooms and moves", () => {
  const random = createRandom(3);
  let view = fitted(SIZE);
  for (let n = 0; n < 300; n++) {
    const at = { x: random.next() * SIZE.width, y: random.next() * SIZE.height };
    view =
      n % 2 === 0
        ? zoomed(view, 0.5 + random.next(), at, SIZE)
        : panned(view, { x: random.int(300) - 150, y: random.int(300) - 150 }, SIZE);
    const place = { x: random.next(), y: random.next() };
    const back = toMap(view, toScreen(view, place));
    expect(back.x).toBeCloseTo(place.x, 9);
    expect(back.y).toBeCloseTo(place.y, 9);
  }
});

test("fitted() shows the whole map, centred", () => {
  const view = fitted(SIZE);
  const [from, to] = [toScreen(view, { x: 0, y: 0 }), toScreen(view, { x: 1, y: 1 })];
  expect([from, to]).toEqual([
    { x: 216, y: 16 },
    { x: 684, y: 484 },
  ]);
});

test("zoomed() keeps the place under the pointer, and stops at the whole map and at 40 times that", () => {
  const whole = fitted(SIZE);
  const at = { x: 300, y: 200 };
  const near = zoomed(whole, 3, at, SIZE);
  expect(near.scale).toBe(3 * whole.scale);
  expect(toScreen(near, toMap(whole, at)).x).toBeCloseTo(at.x, 9);
  expect(toScreen(near, toMap(whole, at)).y).toBeCloseTo(at.y, 9);
  expect(zoomed(whole, 1e6, at, SIZE).scale).toBe(40 * whole.scale);
  expect(zoomed(near, 1e-6, at, SIZE).scale).toBe(whole.scale);
});

test("panned() never moves all of the map out of the window", () => {
  for (const by of [-1e6, 1e6]) {
    const view = panned(fitted(SIZE), { x: by, y: by }, SIZE);
    const [from, to] = [toScreen(view, { x: 0, y: 0 }), toScreen(view, { x: 1, y: 1 })];
    expect(from.x).toBeLessThan(SIZE.width);
    expect(to.x).toBeGreaterThan(0);
    expect(from.y).toBeLessThan(SIZE.height);
    expect(to.y).toBeGreaterThan(0);
  }
});
