import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { FakeClock, memoryStore, newSample } from "../helpers.ts";

const HOUR_MS = 3_600_000;

/** Samples counted anew, as the triggers should have counted them. */
function recount(samples: readonly Sample[], start: (sample: Sample) => string) {
  const labels = new Map<string, number>();
  const writers = new Map<string, number>();
  for (const sample of samples) {
    const { label, predicted, state, modelVersion, id, arrival, writer } = sample;
    if (state !== "labelled" || predicted === null || id !== arrival) continue;
    const cell = `${start(sample)} ${modelVersion} ${label} ${predicted}`;
    labels.set(cell, (labels.get(cell) ?? 0) + 1);
    const key = `${writer} ${label === predicted}`;
    writers.set(key, (writers.get(key) ?? 0) + 1);
  }
  return { labels: sorted(labels), writers: sorted(writers) };
}

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

test("labels() and writers() equal a recount after 600 random inserts, imports, corrections and deletions", async () => {
  const random = createRandom(20261129);
  const clock = new FakeClock();
  const store = await memoryStore(clock);
  const label = () => String(random.int(3));
  const ids: string[] = [];
  for (let i = 0; i < 600; i++) {
    clock.timeMs += random.int(HOUR_MS);
    const id = ids[random.int(Math.max(1, ids.length))];
    const action = random.int(6);
    const sample = newSample({
      label: random.int(8) === 0 ? null : label(),
      predicted: label(),
      modelVersion: 1 + random.int(2),
      writer: [null, "ann", "bob"][random.int(3)]!,
    });
    if (action < 3 || id === undefined) ids.push((await store.samples.insert(sample)).sample.id);
    else if (action === 3)
      await store.samples.insertMany([{ ...sample, id: Bun.randomUUIDv7("hex", clock.now()) }]);
    else if (action === 4)
      await store.samples
        .update(id, random.int(2) === 0 ? { label: label() } : { state: "rejected" }, LOCAL)
        .catch(() => {});
    else await store.samples.delete(id, LOCAL);
  }
  const samples = await Array.fromAsync(store.samples.iterate());
  const counted = new Map<string, number>();
  for (const hour of new Set(samples.map(({ createdAt }) => createdAt.slice(0, 13)))) {
    // The next hour is left out by taking it away: the store returns everything from a bucket on.
    const [from, after] = await Promise.all(
      [hour, `${hour}~`].map((start) => store.monitoring.labels({ span: "hour", start })),
    );
    for (const { modelVersion, label: of, predicted, n } of from!) {
      const later = after!.find(
        (one) => one.modelVersion === modelVersion && one.label === of && one.predicted === predicted,
      );
      if (n > (later?.n ?? 0)) counted.set(`${hour} ${modelVersion} ${of} ${predicted}`, n - (later?.n ?? 0));
    }
  }
  const expected = recount(samples, ({ createdAt }) => createdAt.slice(0, 13));
  expect(expected.labels.length).toBeGreaterThan(100);
  expect(sorted(counted)).toEqual(expected.labels);
  const writers = (await store.monitoring.writers({ span: "all", start: "" }, 10)).flatMap(
    ({ writer, n, correct }): [string, number][] => [
      [`${writer} false`, n - correct],
      [`${writer} true`, correct],
    ],
  );
  expect(sorted(new Map(writers))).toEqual(expected.writers);
});
