import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Person } from "../../../src/domain/person.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import type { Store } from "../../../src/domain/store.ts";
import { createPersonalMemory, MEMORY_LIMITS } from "../../../src/serving/personal/personal-memory.ts";
import { rememberingStore } from "../../../src/serving/personal/remembering-store.ts";
import type { FeatureExtractor } from "../../../src/serving/predictor.ts";
import { openStore } from "../../../src/storage/open.ts";
import { newSample } from "../../storage/helpers.ts";
import { errorLog } from "../../support/error-log.ts";

const MINUTE_MS = 60_000;
const AKI: Person = { writer: "Aki", sitting: null };
const S1: Person = { writer: null, sitting: "s1" };

let nowMs: number;
let plain: Store;
let errors: unknown[];
const clock = { now: () => new Date(nowMs) };

beforeEach(async () => {
  nowMs = Date.parse("2026-01-02T03:04:05.000Z");
  errors = [];
  plain = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
});
afterEach(() => plain.close());

/** Features that are the image's first pixels; `computed` counts the images. */
function extractor(space: string, width = 4) {
  const computed = { n: 0 };
  const features: FeatureExtractor = {
    ...{ space, width, spread: 1 },
    async of(images) {
      computed.n += images.length;
      return images.map((pixels) => Float32Array.from(pixels.subarray(0, width)));
    },
  };
  return { features, computed };
}

function opened(first = extractor("a"), limits = MEMORY_LIMITS) {
  let live: FeatureExtractor | null = first.features;
  let prepare: ((next: FeatureExtractor) => Promise<() => void>) | null = null;
  const log = errorLog(errors);
  const memory = createPersonalMemory({
    ...{ store: plain.personal, clock, log, limits },
    predictor: {
      features: () => live,
      beforeSwap: (work) => {
        prepare = work;
      },
    },
  });
  return {
    memory,
    store: rememberingStore(plain, memory, log),
    async swap(next: FeatureExtractor) {
      const commit = await prepare!(next);
      live = next;
      commit();
    },
  };
}

const labels = (bank: { labelOf(id: string): string | undefined } | null, ids: readonly string[]) =>
  ids.map((id) => bank?.labelOf(id));

async function add(store: Store, change: Partial<NewSample>): Promise<string> {
  return (await store.samples.insert(newSample(change))).sample.id;
}

describe("a label", () => {
  test("is in the writer's memory when the request that stored it is answered", async () => {
    const { memory, store } = opened();
    const before = await memory.of(AKI);
    expect(before("a")?.size).toBe(0);
    const id = await add(store, { writer: "Aki", label: "7" });
    expect(before("a")?.labelOf(id)).toBe("7");
    expect((await memory.of(AKI))("a")?.size).toBe(1);
  });

  test("that is corrected, withdrawn, deleted or marked as none leaves it with that answer", async () => {
    const { memory, store } = opened();
    const ids: string[] = [];
    for (const label of ["1", "2", "3", "4"]) ids.push(await add(store, { writer: "Aki", label }));
    const bank = (await memory.of(AKI))("a");
    await store.samples.update(ids[0]!, { label: "9" }, LOCAL);
    expect(bank?.labelOf(ids[0]!)).toBe("9");
    await store.samples.update(ids[1]!, { state: "rejected" }, LOCAL);
    await store.samples.delete(ids[2]!, LOCAL);
    await store.samples.update(ids[3]!, { state: "negative" }, LOCAL);
    expect(labels(bank, ids)).toEqual(["9", undefined, undefined, undefined]);
    await store.samples.update(ids[1]!, { state: "labelled" }, LOCAL);
    expect(bank?.labelOf(ids[1]!)).toBe("2");
  });

  test("of another process is learned by the next follow()", async () => {
    const { memory } = opened();
    await memory.of(AKI);
    const id = await add(plain, { writer: "Aki", label: "7" });
    await memory.follow();
    expect((await memory.of(AKI))("a")?.labelOf(id)).toBe("7");
  });

  test("of a writer is in nobody else's memory, also with the same sitting", async () => {
    const { memory, store } = opened();
    await add(store, { writer: "Aki", sitting: "s1", label: "7" });
    const other = await add(store, { sitting: "s1", label: "3" });
    expect((await memory.of(S1))("a")?.size).toBe(1);
    expect((await memory.of(S1))("a")?.labelOf(other)).toBe("3");
    expect((await memory.of({ writer: "Bo", sitting: "s1" }))("a")?.size).toBe(0);
    expect((await memory.of({ writer: null, sitting: null }))("a")).toBeNull();
  });
});

test("a person's drawings are read from the store when they are first asked for, and once", async () => {
  const source = extractor("a");
  const { memory } = opened(source);
  for (let n = 0; n < 5; n++) await add(plain, { writer: "Aki", label: String(n) });
  await add(plain, { writer: "Bo" });
  expect((await memory.of(AKI))("a")?.size).toBe(5);
  expect((await memory.of(AKI))("a")?.size).toBe(5);
  expect(source.computed.n).toBe(5);
  expect(memory.size()).toEqual({ people: 1, drawings: 5, bytes: 32 * 4 * 4 });
});

test("forgetting a writer empties the memory of them in that request", async () => {
  const { memory, store } = opened();
  await add(store, { writer: "Aki" });
  const lookup = await memory.of(AKI);
  expect(lookup("a")?.size).toBe(1);
  await store.forgetting.forget({ writer: "Aki" }, LOCAL, new Uint8Array(32));
  expect(lookup("a")).toBeNull();
  expect((await memory.of(AKI))("a")?.size).toBe(0);
});

describe("a sitting without a name", () => {
  test("ends half an hour after its last label or prediction, and does not come back with the next label", async () => {
    const { memory, store } = opened();
    await add(store, { sitting: "s1", label: "1" });
    nowMs += 25 * MINUTE_MS;
    expect((await memory.of(S1))("a")?.size).toBe(1);
    nowMs += 25 * MINUTE_MS;
    expect((await memory.of(S1))("a")?.size).toBe(1);
    nowMs += 31 * MINUTE_MS;
    expect((await memory.of(S1))("a")?.size).toBe(0);
    const id = await add(store, { sitting: "s1", label: "2" });
    expect((await memory.of(S1))("a")?.size).toBe(1);
    expect((await memory.of(S1))("a")?.labelOf(id)).toBe("2");
  });

  test("is over for a label that comes when nobody has asked in between", async () => {
    const { memory, store } = opened();
    await memory.of(S1);
    await add(store, { sitting: "s1", label: "1" });
    nowMs += 31 * MINUTE_MS;
    await add(store, { sitting: "s1", label: "2" });
    expect((await memory.of(S1))("a")?.size).toBe(1);
  });

  test("of a writer never ends", async () => {
    const { memory, store } = opened();
    await add(store, { writer: "Aki", label: "1" });
    nowMs += 400 * 24 * 60 * MINUTE_MS;
    expect((await memory.of(AKI))("a")?.size).toBe(1);
  });
});

describe("a swap", () => {
  test("to a model with the same features keeps memory as it is", async () => {
    const source = extractor("a");
    const { memory, store, swap } = opened(source);
    await add(store, { writer: "Aki" });
    await memory.of(AKI);
    const n = source.computed.n;
    await swap(extractor("a").features);
    expect((await memory.of(AKI))("a")?.size).toBe(1);
    expect(source.computed.n).toBe(n);
  });

  test("to one with other features has them ready, in one step, for those who draw", async () => {
    const { memory, store, swap } = opened();
    await add(store, { writer: "Aki", label: "5" });
    const lookup = await memory.of(AKI);
    await add(store, { sitting: "s1" });
    await memory.of(S1);
    const next = extractor("b", 6);
    expect(lookup("b")).toBeNull();
    await swap(next.features);
    expect(next.computed.n).toBe(2);
    expect(lookup("a")).toBeNull();
    expect(lookup("b")?.size).toBe(1);
  });

  test("reads those who have not drawn for a while when they come back", async () => {
    const { memory, store, swap } = opened();
    await add(store, { writer: "Aki" });
    await memory.of(AKI);
    nowMs += 2 * MINUTE_MS;
    const next = extractor("b");
    await swap(next.features);
    expect(next.computed.n).toBe(0);
    expect((await memory.of(AKI))("b")?.size).toBe(1);
  });

  test("loses no label that is stored while it prepares", async () => {
    const { memory, store, swap } = opened();
    await add(store, { writer: "Aki", label: "1" });
    await memory.of(AKI);
    const next = extractor("b");
    let meanwhile: Partial<NewSample> | null = { writer: "Aki", label: "2" };
    await swap({
      ...next.features,
      async of(images) {
        const change = meanwhile;
        meanwhile = null;
        if (change !== null) await add(store, change);
        return next.features.of(images);
      },
    });
    expect((await memory.of(AKI))("b")?.size).toBe(2);
  });
});

describe("limits", () => {
  test("of one person: the newest drawings are kept", async () => {
    const { memory, store } = opened(extractor("a"), { ...MEMORY_LIMITS, drawings: 3 });
    await memory.of(AKI);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await add(store, { writer: "Aki", label: "1" }));
    expect(labels((await memory.of(AKI))("a"), ids)).toEqual([undefined, undefined, "1", "1", "1"]);
    memory.clear();
    expect(labels((await memory.of(AKI))("a"), ids)).toEqual([undefined, undefined, "1", "1", "1"]);
  });

  test("of all: who was not asked for the longest time is read again", async () => {
    const source = extractor("a");
    const { memory, store } = opened(source, { ...MEMORY_LIMITS, bytes: 1_024 });
    for (const writer of ["Aki", "Bo", "Cy"]) {
      await add(store, { writer });
      await memory.of({ writer, sitting: null });
    }
    expect(memory.size()).toMatchObject({ people: 2, bytes: 1_024 });
    expect((await memory.of(AKI))("a")?.size).toBe(1);
    expect(source.computed.n).toBe(4);
  });

  test("wide features: as many drawings as fit into a person's bytes", async () => {
    const { memory } = opened(extractor("a", 4), { ...MEMORY_LIMITS, bytesOfOne: 2 * 4 * 4 });
    for (let n = 0; n < 5; n++) await add(plain, { writer: "Aki" });
    expect((await memory.of(AKI))("a")?.size).toBe(2);
  });
});

describe("trouble", () => {
  test("a store that cannot be read leaves the answer to the model, is logged, and is tried again", async () => {
    const { memory, store } = opened();
    await add(store, { writer: "Aki" });
    const { remembered } = plain.personal;
    plain.personal.remembered = () => Promise.reject(new Error("the disk is gone"));
    expect((await memory.of(AKI))("a")).toBeNull();
    expect(errors).toHaveLength(1);
    plain.personal.remembered = remembered.bind(plain.personal);
    expect((await memory.of(AKI))("a")?.size).toBe(1);
  });

  test("a label that cannot be learned is stored all the same, and the old memory is dropped", async () => {
    const source = extractor("a");
    const { memory, store } = opened(source);
    await add(store, { writer: "Aki" });
    await memory.of(AKI);
    source.features.of = () => Promise.reject(new Error("the predictor is closed"));
    await add(store, { writer: "Aki" });
    expect(errors).toHaveLength(1);
    expect((await plain.samples.stats()).total).toBe(2);
    expect(memory.size().people).toBe(0);
  });

  test("before a model is live nobody is remembered, and nothing fails", async () => {
    const log = errorLog(errors);
    const memory = createPersonalMemory({
      ...{ store: plain.personal, clock, log },
      predictor: { features: () => null, beforeSwap: () => {} },
    });
    expect((await memory.of(AKI))("a")).toBeNull();
    expect(errors).toEqual([]);
  });
});
