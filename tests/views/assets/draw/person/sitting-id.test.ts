import { expect, test } from "bun:test";
import { SITTING_MS } from "../../../../../src/domain/person.ts";
import { SittingId } from "../../../../../views/assets/draw/person/sitting-id.ts";

function parts() {
  const stored = new Map<string, string>();
  const state = { ms: 1_000_000, ids: 0, stored };
  return {
    state,
    parts: {
      storage: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
      },
      reader: null,
      newId: () => `id-${++state.ids}`,
      nowMs: () => state.ms,
    },
  };
}

test("the id stays while somebody draws, also after the page is loaded again", () => {
  const { state, parts: shared } = parts();
  const first = new SittingId(shared);
  for (let n = 0; n < 50; n++) {
    state.ms += SITTING_MS;
    expect(first.current()).toBe("id-1");
  }
  expect(new SittingId(shared).current()).toBe("id-1");
});

test("half an hour without a request ends it", () => {
  const { state, parts: shared } = parts();
  const sitting = new SittingId(shared);
  sitting.current();
  state.ms += SITTING_MS + 1;
  expect(sitting.current()).toBe("id-2");
});

test("someone else starts another one, also after the page is loaded again", () => {
  const { parts: shared } = parts();
  const sitting = new SittingId(shared);
  sitting.current();
  sitting.end();
  expect(new SittingId(shared).current()).toBe("id-2");
});

test("without storage, or with a full or damaged one, it lasts as long as the page", () => {
  const { parts: shared, state } = parts();
  for (const storage of [
    null,
    { getItem: () => "{", setItem: () => {} },
    {
      getItem: () => '{"id":7}',
      setItem: () => {
        throw new Error("full");
      },
    },
  ]) {
    state.ids = 0;
    const sitting = new SittingId({ ...shared, storage });
    expect([sitting.current(), sitting.current()]).toEqual(["id-1", "id-1"]);
  }
});

test("a sitting is of one reader: whoever logs in next on the same tab has another", () => {
  const { parts: shared } = parts();
  const anna = { ...shared, reader: { kind: "guest", name: "Anna" } };
  expect(new SittingId(anna).current()).toBe("id-1");
  expect(new SittingId(anna).current()).toBe("id-1");
  expect(new SittingId({ ...shared, reader: { kind: "guest", name: "Ben" } }).current()).toBe("id-2");
  expect(new SittingId(shared).current()).toBe("id-3");
});
