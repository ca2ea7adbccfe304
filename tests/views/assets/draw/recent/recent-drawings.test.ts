import { expect, test } from "bun:test";
import {
  decodePixels,
  encodePixels,
  MAX_RECENT,
  type Recent,
  RecentDrawings,
} from "../../../../../views/assets/draw/recent/recent-drawings.ts";

function recent(id: string): Recent {
  const meaning = { state: "labelled", label: "7" } as const;
  return { id, sampleId: null, meaning, pixels: "", isPending: true, refused: null, body: null };
}

function setUp(sitting = "me") {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  let changes = 0;
  const parts = {
    storage,
    changed() {
      changes += 1;
    },
  };
  return { items, parts, list: new RecentDrawings(parts, sitting), changes: () => changes };
}

const ids = (list: RecentDrawings) => list.all.map(({ id }) => id);

test("RecentDrawings has the newest first, no more than it can hold, and tells of each change", () => {
  const { list, changes } = setUp();
  for (let i = 0; i < MAX_RECENT + 2; i++) list.add(recent(String(i)), "me");
  expect(list.all).toHaveLength(MAX_RECENT);
  expect(ids(list).slice(0, 2)).toEqual([String(MAX_RECENT + 1), String(MAX_RECENT)]);
  list.change("5", { sampleId: "s", isPending: false });
  expect(list.get("5")).toMatchObject({ sampleId: "s", isPending: false, meaning: { label: "7" } });
  list.remove("5");
  expect(list.get("5")).toBeNull();
  expect(changes()).toBe(MAX_RECENT + 4);
  list.change("gone", { isPending: false });
  list.remove("gone");
  expect(changes()).toBe(MAX_RECENT + 4);
});

test("RecentDrawings outlasts the page within its sitting, and is empty in another", () => {
  const { list, parts } = setUp();
  list.add(recent("a"), "me");
  expect(ids(new RecentDrawings(parts, "me"))).toEqual(["a"]);
  expect(ids(new RecentDrawings(parts, "someone else"))).toEqual([]);
  list.add(recent("b"), "next");
  expect(ids(list)).toEqual(["b"]);
  list.clear();
  expect(ids(new RecentDrawings(parts, "next"))).toEqual([]);
});

test("RecentDrawings works where the browser stores nothing or something else", () => {
  const full = {
    getItem: () => "{",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  for (const storage of [null, full]) {
    const list = new RecentDrawings({ storage, changed() {} }, "me");
    list.add(recent("a"), "me");
    expect(ids(list)).toEqual(["a"]);
  }
});

test("decodePixels() is the inverse of encodePixels()", () => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
  expect(decodePixels(encodePixels(pixels))).toEqual(pixels);
});
