import { expect, test } from "bun:test";
import { StoredDrawingsDataset } from "../../src/datasets/stored-drawings-dataset.ts";
import { LOCAL } from "../../src/domain/actor.ts";
import { memoryStore, newRun, newSample } from "../storage/helpers.ts";

const image = (n: number) => new Uint8Array(784).fill(n);

test("load() has every drawing that is not withdrawn, of both sides, in review or none of the classes, and marks doubt", async () => {
  const { samples, runs } = await memoryStore();
  const add = async (n: number, change: Parameters<typeof newSample>[0]) =>
    (await samples.insert(newSample({ drawing: null, pixels: image(n), writer: `w${n}`, ...change }))).sample
      .id;
  const ids = [
    await add(1, { label: "7", predicted: "7" }),
    await add(2, { label: "7", predicted: "1" }),
    await add(3, { label: null, predicted: "1" }),
    await add(4, { label: "7", predicted: null }),
    await add(5, { label: "9", predicted: "9" }),
  ];
  await runs.create(newRun("r"));
  await samples.putMarks("r", [{ id: ids[3]!, label: "7", state: "suspect", reading: "1", p: 0.01 }]);
  await samples.update(ids[4]!, { state: "rejected" }, LOCAL);
  const loaded = await new StoredDrawingsDataset(samples).load();
  expect(loaded.ids).toEqual(ids.slice(0, 4));
  expect(loaded.labels).toEqual(["7", "7", null, "7"]);
  expect([...loaded.isDoubtful]).toEqual([0, 1, 0, 1]);
  expect(loaded.lastArrival).toBe(ids[4]!);
  expect(ids.slice(0, 4).map((_, n) => loaded.images[n * 784])).toEqual([1, 2, 3, 4]);
});

test("load() reads more than one page of the store", async () => {
  const { samples } = await memoryStore();
  await samples.insertMany(
    Array.from({ length: 1_001 }, (_, n) =>
      newSample({
        drawing: null,
        pixels: image(n % 251)
          .fill(n >> 8, 0, 2)
          .fill(n & 255, 2, 4),
        label: "7",
      }),
    ),
  );
  const { ids, images } = await new StoredDrawingsDataset(samples).load();
  expect(new Set(ids).size).toBe(1_001);
  expect(images.length).toBe(1_001 * 784);
  expect(images[1_000 * 784]).toBe(1_000 >> 8);
});
