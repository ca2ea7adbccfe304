import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import type { Store } from "../../../src/domain/store.ts";
import {
  createProjectMemory,
  NoDrawingsError,
  PROJECT_LIMITS,
  type ProjectMemory,
} from "../../../src/serving/everybody/project-memory.ts";
import { rememberingStore } from "../../../src/serving/personal/remembering-store.ts";
import { openStore } from "../../../src/storage/open.ts";
import { newSample } from "../../storage/helpers.ts";
import { errorLog } from "../../support/error-log.ts";

const clock = { now: () => new Date("2026-01-02T03:04:05.000Z") };
let plain: Store;
let errors: unknown[];
let isNeeded: boolean;
let loads: number;
let closed: number;
beforeEach(async () => {
  [errors, isNeeded, loads, closed] = [[], true, 0, 0];
  examples.clear();
  plain = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
});
afterEach(() => plain.close());

/** Features are an image's first four pixels. */
const features = {
  ...{ space: "pixels", width: 4, spread: 1 },
  of: async (images: readonly Uint8Array[]) =>
    images.map((pixels) => Float32Array.from(pixels.subarray(0, 4))),
};

const examples = new Map<string, Uint8Array[]>();
const examplesOf = (name: string) => examples.get(name) ?? [];

function opened(
  limits = PROJECT_LIMITS,
  store: Pick<Store["personal"], "labelled" | "changesAfter"> = plain.personal,
) {
  const memory = createProjectMemory({
    ...{ store, classes: ["a", "b"], examplesOf, log: errorLog(errors), limits },
    isNeeded: async () => isNeeded,
    async load() {
      loads += 1;
      return {
        features,
        async close() {
          closed += 1;
        },
      };
    },
  });
  return { memory, store: rememberingStore(plain, memory, errorLog(errors)) };
}

/** An image whose features are a direction. */
function image(...values: number[]): Uint8Array {
  const pixels = new Uint8Array(784);
  pixels.set(values);
  return pixels;
}
const A = image(200, 10, 0, 0);
const B = image(10, 200, 0, 0);
async function add(store: Store, label: string, pixels: Uint8Array, change: Partial<NewSample> = {}) {
  return (await store.samples.insert(newSample({ label, pixels, ...change }))).sample.id;
}
const labelOf = async (memory: ProjectMemory, pixels: Uint8Array) => (await memory.answer(pixels))?.label;

describe("answer()", () => {
  test("is the class of the nearest drawings by anybody, with how confident it is, once each class has one", async () => {
    const { memory, store } = opened();
    const missing = await memory.answer(A).catch((error) => error);
    expect([missing instanceof NoDrawingsError, missing.classes]).toEqual([true, ["a", "b"]]);
    await add(store, "a", A, { writer: "Aki" });
    expect((await memory.answer(A).catch((error) => error)).classes).toEqual(["b"]);
    await add(store, "b", B, { writer: "Bo" });
    const clear = await memory.answer(image(190, 20, 0, 0));
    expect(clear).toMatchObject({ label: "a", model: { name: "memory", version: 0 }, isOutlier: false });
    const between = await memory.answer(image(120, 100, 0, 0));
    expect(between!.confidence).toBeLessThan(clear!.confidence);
    expect(between!.probabilities.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1);
  });

  test("is null when the project has a model, whose first answer releases the network", async () => {
    const { memory, store } = opened();
    await add(store, "a", A);
    await add(store, "b", B);
    expect(await labelOf(memory, B)).toBe("b");
    isNeeded = false;
    expect(await memory.answer(B)).toBeNull();
    await memory.follow();
    expect([loads, closed]).toEqual([1, 1]);
    isNeeded = true;
    expect(await labelOf(memory, B)).toBe("b");
    expect(loads).toBe(2);
  });

  test("is null without a network to compare drawings by, and after close()", async () => {
    const none = createProjectMemory({
      ...{ store: plain.personal, classes: ["a"], examplesOf, log: errorLog(errors) },
      isNeeded: async () => true,
      load: async () => null,
    });
    expect(await none.answer(A)).toBeNull();
    const { memory, store } = opened();
    await add(store, "a", A);
    await add(store, "b", B);
    await memory.answer(A);
    await memory.close();
    expect([await memory.answer(A), closed]).toEqual([null, 1]);
  });
});

test("examples of a class have a part in its answers, and do not count as its drawings", async () => {
  const { memory, store } = opened();
  const other = image(0, 0, 200, 0);
  await add(store, "a", A);
  examples.set("b", [other]);
  expect((await memory.answer(A).catch((error) => error)).classes).toEqual(["b"]);
  await add(store, "b", B);
  expect(await memory.answer(other)).toMatchObject({ label: "b" });
  expect((await memory.answer(other))!.confidence).toBeGreaterThan(0.99);
  memory.clear();
  examples.clear();
  expect((await memory.answer(other))!.confidence).toBeCloseTo(0.5);
});

describe("a label", () => {
  test("that is corrected, withdrawn, deleted or none of the classes counts as it is with the next answer", async () => {
    const { memory, store } = opened();
    await add(store, "a", A);
    const id = await add(store, "b", B);
    const spare = await add(store, "b", image(0, 0, 200, 0));
    expect(await labelOf(memory, B)).toBe("b");
    await store.samples.update(id, { label: "a" }, LOCAL);
    expect(await labelOf(memory, B)).toBe("a");
    await store.samples.update(id, { label: "b" }, LOCAL);
    expect(await labelOf(memory, B)).toBe("b");
    await store.samples.update(id, { state: "rejected" }, LOCAL);
    expect((await memory.answer(B))!.probabilities.find(({ label }) => label === "b")!.p).toBeLessThan(0.5);
    await store.samples.delete(spare, LOCAL);
    expect((await memory.answer(B).catch((error) => error)).classes).toEqual(["b"]);
  });

  test("of another process counts, and a forgotten writer's drawings do not", async () => {
    const { memory } = opened();
    await add(plain, "a", A);
    await add(plain, "b", B, { writer: "Bo" });
    expect(await labelOf(memory, B)).toBe("b");
    const id = await add(plain, "b", image(0, 0, 0, 200));
    expect(await labelOf(memory, image(0, 0, 0, 100))).toBe("b");
    await plain.forgetting.forget({ writer: "Bo" }, LOCAL, new Uint8Array(32));
    await memory.answer(B);
    await plain.samples.delete(id, LOCAL);
    expect((await memory.answer(B).catch((error) => error)).classes).toEqual(["b"]);
  });
});

describe("limits", () => {
  test("of a class: the newest drawings are kept, and of bytes: fewer of each", async () => {
    const limits = { perClass: 2, bytes: 1_000, waitMs: 1_000 };
    for (const [bytes, isOldKnown] of [
      [1_000, true],
      [2 * 4 * 4, false],
    ] as const) {
      const { memory, store } = opened({ ...limits, bytes });
      const ids = [
        await add(store, "a", image(0, 0, 0, 200)),
        await add(store, "a", A),
        await add(store, "b", image(50, 0, 50, 0)),
      ];
      const { p } = (await memory.answer(image(0, 0, 0, 100)))!.probabilities.find(
        ({ label }) => label === "a",
      )!;
      expect(p > 0.9).toBe(isOldKnown);
      for (const id of ids) await store.samples.delete(id, LOCAL);
    }
  });

  test("of time: an answer that would wait for long is refused for now", async () => {
    const never = {
      ...plain.personal,
      changesAfter: () => new Promise<never>(() => {}),
      labelled: async () => [],
    };
    const { memory } = opened({ ...PROJECT_LIMITS, waitMs: 1 }, never);
    expect((await memory.answer(A).catch((error) => error)).message).toContain("still being read");
  });
});

test("a store that cannot be read fails the answer, is tried again, and keeps no label from being stored", async () => {
  let isBroken = true;
  const { changesAfter, labelled } = {
    changesAfter: plain.personal.changesAfter.bind(plain.personal),
    labelled: plain.personal.labelled.bind(plain.personal),
  };
  const flaky = {
    changesAfter,
    labelled: async (...args: Parameters<typeof labelled>) => {
      if (isBroken) throw new Error("disk");
      return labelled(...args);
    },
  };
  const { memory, store } = opened(PROJECT_LIMITS, flaky);
  await add(store, "a", A);
  await add(store, "b", B);
  expect((await memory.answer(A).catch((error) => error)).message).toBe("disk");
  isBroken = false;
  expect(await labelOf(memory, A)).toBe("a");
});
