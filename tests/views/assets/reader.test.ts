import { expect, test } from "bun:test";
import { othersWait } from "../../../views/assets/others-wait.ts";
import { isHere, noteReader, readerIn, readerKey, readerOf } from "../../../views/assets/reader.ts";
import { en } from "../../../views/i18n/en.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";

const ANNA = { kind: "account", name: "Anna" };

test("readerOf() is who the page names: nobody where it names a kind alone, or nothing", () => {
  expect(readerOf({ dataset: { reader: "Anna", readerKind: "account" } })).toEqual(ANNA);
  for (const dataset of [{}, { readerKind: "visitor" }, { readerKind: "machine" }]) {
    expect(readerOf({ dataset })).toBeNull();
  }
});

test("readerIn() takes an entry without a reader, or with none that can be read, as that of nobody", () => {
  expect(readerIn({ id: "a", by: ANNA })).toEqual(ANNA);
  for (const value of [{ id: "a" }, { by: null }, { by: "Anna" }]) expect(readerIn(value)).toBeNull();
});

test("readerKey() tells readers apart by kind and name, whatever is in the name", () => {
  const names = ["Anna", "anna", "a/b", "a:b", "", "手書き"];
  const all = ["account", "guest"].flatMap((kind) => names.map((name) => ({ kind, name })));
  expect(new Set([...all.map(readerKey), readerKey(null)]).size).toBe(all.length + 1);
});

test("isHere() ends for a page when another page notes somebody else, and returns with its reader", () => {
  const storage = new MemoryStorage();
  expect(isHere(ANNA, storage)).toBe(true);
  noteReader(ANNA, storage);
  expect(isHere(ANNA, storage)).toBe(true);
  noteReader({ kind: "guest", name: "Anna" }, storage);
  expect(isHere(ANNA, storage)).toBe(false);
  noteReader(null, storage);
  expect([isHere(ANNA, storage), isHere(null, storage)]).toEqual([false, true]);
  noteReader(ANNA, storage);
  expect(isHere(ANNA, storage)).toBe(true);
});

test("noteReader() does not leave the one before in a full storage, which would hold up who is here", () => {
  const storage = new MemoryStorage();
  noteReader(ANNA, storage);
  storage.isFull = true;
  const ben = { kind: "account", name: "Ben" };
  noteReader(ben, storage);
  expect(isHere(ben, storage)).toBe(true);
});

test("isHere() takes the page's word where the browser stores nothing", () => {
  noteReader(ANNA, null);
  expect(isHere(ANNA, null)).toBe(true);
});

test("othersWait() says how many labels wait of one person, by name, and of several without their names", () => {
  const said = (...others: Parameters<typeof othersWait>[0]) => othersWait(others, en);
  expect(said()).toBeNull();
  expect(said({ by: ANNA, n: 3 })).toBe(
    "3 labels of Anna wait in this browser. They are sent when Anna is here again.",
  );
  expect(said({ by: ANNA, n: 1 })).toBe(
    "A label of Anna waits in this browser. It is sent when Anna is here again.",
  );
  expect(said({ by: null, n: 2 })).toContain("without logging in");
  const several = said({ by: ANNA, n: 3 }, { by: null, n: 2 });
  expect(several).toStartWith("5 labels of other people");
  expect(several).not.toContain("Anna");
});
