import { expect, test } from "bun:test";
import { StoredDrawingsDataset } from "../../src/datasets/stored-drawings-dataset.ts";
import { LOCAL } from "../../src/domain/actor.ts";
import { pickDrawings } from "../../src/pipelines/map/pick-drawings.ts";
import { memoryStore, newRun, newSample } from "../storage/helpers.ts";

const image = (n: number) => new Uint8Array(784).fill(n);

test("load() has every drawing that is not withdrawn, of both sides, in review or none of the classes, and marks doubt", async () => {
  const store = await memoryStore();
  const { samples, runs } = store;
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
  const loaded = await new StoredDrawingsDataset(store).load();
  expect(loaded.ids).toEqual(ids.slice(0, 4));
  expect(loaded.labels).toEqual(["7", "7", null, "7"]);
  expect([...loaded.isDoubtful]).toEqual([0, 1, 0, 1]);
  expect(loaded.lastArrival).toBe(ids[4]!);
  const images = await loaded.loadImages([ids[2]!, "gone", ids[0]!]);
  expect(images.map((pixels) => pixels?.[0] ?? null)).toEqual([3, null, 1]);
});

test("load() reads no image of more than a page of the store, and loadImages() those of the given ids, in pages", async () => {
  const { samples, sheet } = await memoryStore();
  await samples.insertMany(
    Array.from({ length: 5_001 }, (_, n) =>
      newSample({
        drawing: null,
        pixels: image(n % 251)
          .fill(n >> 8, 0, 2)
          .fill(n & 255, 2, 4),
        label: "7",
      }),
    ),
  );
  const pages: number[] = [];
  const counted = {
    outlinesAfter: (id: string | null, limit: number) => sheet.outlinesAfter(id, limit),
    images(ids: readonly string[]) {
      pages.push(ids.length);
      return sheet.images(ids);
    },
  };
  const { ids, labels, loadImages } = await new StoredDrawingsDataset({ samples, sheet: counted }).load();
  expect(new Set(ids).size).toBe(5_001);
  expect(labels).toHaveLength(5_001);
  expect(pages).toEqual([]);
  const some = ids.slice(-600);
  const images = await loadImages(some);
  expect(pages).toEqual([500, 100]);
  expect(images.map((pixels) => 256 * pixels![0]! + pixels![2]!)).toEqual(some.map((_, i) => 4_401 + i));
});

test("the node pick_drawings reads at most max_drawings images of the store", async () => {
  const { samples, sheet } = await memoryStore();
  await samples.insertMany(
    Array.from({ length: 300 }, (_, n) =>
      newSample({ drawing: null, pixels: image(n & 255).fill(n >> 8, 0, 2), label: String(n % 10) }),
    ),
  );
  let read = 0;
  const counted = {
    outlinesAfter: (id: string | null, limit: number) => sheet.outlinesAfter(id, limit),
    images(ids: readonly string[]) {
      read += ids.length;
      return sheet.images(ids);
    },
  };
  const stored_drawings = await new StoredDrawingsDataset({ samples, sheet: counted }).load();
  const picked = await pickDrawings(
    { stored_drawings, map: { max_drawings: 40, neighbours: 15, min_distance: 1 }, seed: 1 },
    { signal: new AbortController().signal, progress() {}, log() {} },
  );
  expect(picked.ids).toHaveLength(40);
  expect(picked.images).toHaveLength(40 * 784);
  expect(read).toBe(40);
});
