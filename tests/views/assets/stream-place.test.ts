import { afterEach, expect, test } from "bun:test";
import { StreamPlace } from "../../../views/assets/stream-place.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";

const taken: StreamPlace[] = [];
afterEach(() => {
  for (const place of taken.splice(0)) place.leave();
});

/** Tabs of one browser, at a time that the test sets. */
function tabs(n: number) {
  const storage = new MemoryStorage();
  const clock = { nowMs: 1_000_000 };
  const places = Array.from(
    { length: n },
    () =>
      new StreamPlace(
        () => storage,
        () => clock.nowMs,
      ),
  );
  taken.push(...places);
  return { storage, clock, places };
}

test("take() gives a place to three tabs at a time, and keeps it", () => {
  const { places } = tabs(5);
  expect(places.map((place) => place.take())).toEqual([true, true, true, false, false]);
  expect(places.map((place) => place.take())).toEqual([true, true, true, false, false]);
});

test("leave() gives the place to another tab, and leaving without a place takes none away", () => {
  const { places } = tabs(5);
  for (const place of places) place.take();
  places[4]!.leave();
  expect(places[3]!.take()).toBe(false);
  places[0]!.leave();
  expect(places[3]!.take()).toBe(true);
  expect(places[0]!.take()).toBe(false);
});

test.each([
  ["has not said for 15 s that it is there", 15_000],
  ["has said so on a clock that was then set back", -15_000],
])("take() gives a tab the place of one that %s", (_, ms) => {
  const { places, clock } = tabs(4);
  for (const place of places) place.take();
  clock.nowMs += ms;
  expect(places[3]!.take()).toBe(true);
});

test.each(["nonsense", "[1]", "null", '{"a":"x"}', '{"a":null}'])(
  "take() gives a place when %p is stored",
  (text) => {
    const { places, storage } = tabs(1);
    storage.setItem("tegaki.streams", text);
    expect(places[0]!.take()).toBe(true);
  },
);

test("every tab has a place where the browser stores nothing", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  for (let n = 0; n < 5; n++) expect(new StreamPlace(refuse).take()).toBe(true);
});
