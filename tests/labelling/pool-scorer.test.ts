import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import type { QueueOrder } from "../../src/domain/queue/order.ts";
import type { Store } from "../../src/domain/store.ts";
import { createPoolScorer } from "../../src/labelling/pool-scorer.ts";
import type { PoolScorerOptions } from "../../src/labelling/pool-scorer-options.ts";
import { memoryStore } from "../storage/helpers.ts";

/** An image whose first pixel is the number by which the fake models answer. */
function imageOf(n: number): Uint8Array {
  const pixels = new Uint8Array(784);
  pixels[0] = n;
  pixels[1] = 1;
  return pixels;
}

async function fill(store: Store, numbers: readonly number[]): Promise<string[]> {
  const outcomes = await store.queue.add(
    numbers.map((n) => ({
      ...{ drawing: null, pixels: imageOf(n), preprocessing: 2, writer: null, session: null },
      ...{ source: "import", actor: LOCAL },
    })),
  );
  return outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
}

/** Two classes; "1" has probability n / 255. */
const probabilitiesOf = (n: number) => [
  { label: "0", p: 1 - n / 255 },
  { label: "1", p: n / 255 },
];

function fakes(store: Store) {
  const state = { live: 2 as number | null, other: null as number | null, pauses: 0, stopAfter: Infinity };
  const options: PoolScorerOptions = {
    store: store.queue,
    live: {
      version: () => state.live,
      answers: async (images) =>
        images.map(([n]) => ({ version: state.live!, probabilities: probabilitiesOf(n!), isNone: false })),
      features: async (images) => images.map(([n]) => Float32Array.of(n!)),
    },
    other: {
      choose: async () => state.other,
      version: () => state.other,
      answers: async (images) =>
        images.map(() => ({ version: state.other!, probabilities: probabilitiesOf(255) })),
      drop() {},
    },
    labelled: async () => [imageOf(0)],
    pause: async () => ++state.pauses < state.stopAfter,
    newSeed: () => 7,
  };
  return { state, scorer: createPoolScorer(options) };
}

async function inOrder(store: Store, order: QueueOrder, live: number | null, compared: number | null = null) {
  const { drawings } = await store.queue.list({ order, live, compared });
  return drawings.map(({ id }) => id);
}

test("turn() scores the pool, and each uncertainty order puts 128 of 255 before 200 before 10", async () => {
  const store = await memoryStore();
  const [sure, middle, unsure] = await fill(store, [10, 200, 128]);
  const { scorer } = fakes(store);
  await scorer.turn();
  expect((await store.queue.counts()).scoredBy).toEqual([{ version: 2, n: 3 }]);
  for (const order of ["least_confidence", "margin", "entropy"] as const)
    expect(await inOrder(store, order, 2)).toEqual([unsure!, middle!, sure!]);
});

test("drawings with equal scores come by their ids", async () => {
  const store = await memoryStore();
  // Equal probabilities of the other class each: different images, equal measures.
  const pixels = [imageOf(128), imageOf(128), imageOf(128)];
  pixels.forEach((one, n) => {
    one[5] = n;
  });
  const outcomes = await store.queue.add(
    pixels.map((one) => ({
      ...{ drawing: null, pixels: one, preprocessing: 2, writer: null, session: null },
      ...{ source: "import", actor: null },
    })),
  );
  await fakes(store).scorer.turn();
  const ids = outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
  for (const order of ["least_confidence", "margin", "entropy"] as const)
    expect(await inOrder(store, order, 2)).toEqual(ids.toSorted());
});

test("after a swap, drawings that the old model scored come last until they are scored again", async () => {
  const store = await memoryStore();
  const [old] = await fill(store, [128]);
  const { state, scorer } = fakes(store);
  await scorer.turn();
  state.live = 3;
  state.stopAfter = 0;
  const [fresh] = await fill(store, [10]);
  await store.queue.putScores([
    {
      id: fresh!,
      scores: {
        ...{ version: 3, label: "0", p: 0.96, second: null, isNone: false },
        ...{ leastConfidence: 0.04, margin: 1, entropy: 0.1, disagreement: null },
      },
    },
  ]);
  const [unscored] = await fill(store, [90]);
  expect(await inOrder(store, "least_confidence", 3)).toEqual([fresh!, old!, unscored!]);
  state.stopAfter = Number.POSITIVE_INFINITY;
  await scorer.turn();
  expect((await store.queue.counts()).scoredBy).toEqual([{ version: 3, n: 3 }]);
  expect(await inOrder(store, "least_confidence", 3)).toEqual([old!, unscored!, fresh!]);
});

test("disagreement is the distance to the other version, and is computed again when that one changes", async () => {
  const store = await memoryStore();
  const [far, near] = await fill(store, [10, 250]);
  const { state, scorer } = fakes(store);
  await scorer.turn();
  expect(
    (await store.queue.list({ order: "newest", live: 2, compared: null })).drawings[0]!.scores,
  ).toMatchObject({
    disagreement: null,
  });
  for (const other of [1, 5]) {
    state.other = other;
    await scorer.turn();
    const { drawings } = await store.queue.list({ order: "disagreement", live: 2, compared: other });
    expect(drawings.map(({ id }) => id)).toEqual([far!, near!]);
    expect(drawings[0]!.scores!.disagreement!.with).toBe(other);
    expect(drawings[0]!.scores!.disagreement!.value).toBeCloseTo(245 / 255, 12);
  }
});

test("diversity starts at what is farthest from the labelled drawings, and records how it was made", async () => {
  const store = await memoryStore();
  const ids = await fill(store, [10, 90, 100, 250]);
  const { scorer } = fakes(store);
  await scorer.turn();
  // 0 is labelled: 250 is farthest, then 100 (100 from 0, 150 from 250), then 10 and 90 with 10 each.
  const [ten, ninety] = [ids[0]!, ids[1]!].toSorted();
  expect(await inOrder(store, "diversity", 2)).toEqual([ids[3]!, ids[2]!, ten!, ninety!]);
  expect(await store.queue.ranking()).toMatchObject({
    ...{ seed: 7, modelVersion: 2, candidates: 4, covered: 1, ranked: 4, left: 4 },
  });
});

test("a project without a model has diversity, of the pixels, and no scores", async () => {
  const store = await memoryStore();
  await fill(store, [10, 250]);
  const { state, scorer } = fakes(store);
  state.live = null;
  await scorer.turn();
  expect((await store.queue.counts()).scoredBy).toEqual([]);
  expect(await store.queue.ranking()).toMatchObject({ modelVersion: null, ranked: 2 });
});

test("turn() pauses after every two images, and ends when the server stops", async () => {
  const store = await memoryStore();
  await fill(
    store,
    Array.from({ length: 100 }, (_, n) => n),
  );
  const { state, scorer } = fakes(store);
  state.stopAfter = 40;
  await scorer.turn();
  expect(state.pauses).toBeLessThanOrEqual(41);
  expect((await store.queue.counts()).scoredBy).toEqual([{ version: 2, n: 64 }]);
});

test("score() answers for any image, and null without a model", async () => {
  const store = await memoryStore();
  const { state, scorer } = fakes(store);
  expect((await scorer.score([imageOf(128)]))[0]).toMatchObject({
    version: 2,
    label: "1",
    disagreement: null,
  });
  state.live = null;
  expect(await scorer.score([imageOf(128)])).toEqual([null]);
});
