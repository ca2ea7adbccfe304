import { expect, test } from "bun:test";
import { connectWriter, writerOf } from "../../../../../views/assets/draw/person/writer.ts";
import { MemoryStorage } from "../../../../support/memory-storage.ts";

/** A field as the server has rendered it, in which a test types. */
function field(known: string, readOnly = false) {
  let heard = () => {};
  const input = {
    ...{ value: known, defaultValue: known, readOnly },
    addEventListener: (_: string, listener: () => void) => {
      heard = listener;
    },
  };
  const type = (value: string) => {
    input.value = value;
    heard();
  };
  return { input: input as never, shown: () => input.value, type };
}

test("connectWriter() proposes the name of the account, and remembers another one for this account only", () => {
  const storage = new MemoryStorage();
  const ann = field("Ann");
  const name = connectWriter(ann.input, storage);
  expect([name(), ann.shown()]).toEqual(["Ann", "Ann"]);
  ann.type(" Annie ");
  expect(name()).toBe("Annie");
  expect(connectWriter(field("Ann").input, storage)()).toBe("Annie");
  expect(connectWriter(field("Bob").input, storage)()).toBe("Bob");
  expect(connectWriter(field("").input, storage)()).toBe("");
});

test("connectWriter() remembers that someone with an account draws without a name", () => {
  const storage = new MemoryStorage();
  const ann = field("Ann");
  connectWriter(ann.input, storage);
  ann.type("");
  expect(connectWriter(field("Ann").input, storage)()).toBe("");
});

test("connectWriter() keeps the name of a guest, whatever is remembered or typed", () => {
  const storage = new MemoryStorage();
  const before = field("");
  connectWriter(before.input, storage);
  before.type("Someone");
  const mia = field("Mia", true);
  const name = connectWriter(mia.input, storage);
  mia.type("Tom");
  expect(name()).toBe("Mia");
  expect(connectWriter(field("").input, storage)()).toBe("Someone");
});

test("connectWriter() works where the browser stores nothing", () => {
  const broken = {
    getItem: () => {
      throw new Error("forbidden");
    },
    setItem: () => {
      throw new Error("forbidden");
    },
  };
  for (const storage of [null, broken]) {
    const someone = field("");
    const name = connectWriter(someone.input, storage);
    someone.type("Ann");
    expect(name()).toBe("Ann");
  }
});

test("writerOf() tells the same name as the field, on a page without one", () => {
  const storage = new MemoryStorage();
  const ann = field("Ann");
  connectWriter(ann.input, storage);
  ann.type("Annie");
  expect(writerOf(storage, "Ann", false)).toBe("Annie");
  expect(writerOf(storage, "Bob", false)).toBe("Bob");
  expect(writerOf(storage, "Ann", true)).toBe("Ann");
  expect(writerOf(null, "", false)).toBe("");
});
