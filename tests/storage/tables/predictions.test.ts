import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { openStore } from "../../../src/storage/open.ts";
import { MAX_PREDICTIONS } from "../../../src/storage/tables/predictions.ts";
import { FakeClock, memoryStore, withDirectory } from "../helpers.ts";

const prediction = (n: number) => ({
  id: `p${n}`,
  label: String(n % 10),
  confidence: 1 / (n + 1),
  modelVersion: 2,
  createdAt: "2026-01-02T03:04:05.000Z",
});

test("get() finds a prediction before and after it is written", async () => {
  const store = await memoryStore();
  store.predictions.add(prediction(1));
  expect(await store.predictions.get("p1")).toEqual(prediction(1));
  await store.predictions.flush();
  expect(await store.predictions.get("p1")).toEqual(prediction(1));
  expect(await store.predictions.get("p2")).toBeNull();
});

test("flush() keeps the newest 10,000 predictions and forgets the others", async () => {
  const store = await memoryStore();
  for (let n = 0; n < 9_000; n++) store.predictions.add(prediction(n));
  await store.predictions.flush();
  for (let n = 9_000; n < MAX_PREDICTIONS + 500; n++) store.predictions.add(prediction(n));
  await store.predictions.flush();
  expect(await store.predictions.get("p499")).toBeNull();
  expect(await store.predictions.get("p500")).toEqual(prediction(500));
  expect(await store.predictions.get(`p${MAX_PREDICTIONS + 499}`)).not.toBeNull();
});

test("add() forgets the oldest when more than 10,000 wait to be written", async () => {
  const store = await memoryStore();
  for (let n = 0; n <= MAX_PREDICTIONS; n++) store.predictions.add(prediction(n));
  expect(await store.predictions.get("p0")).toBeNull();
  expect(await store.predictions.get("p1")).not.toBeNull();
});

test("add() refuses a confidence that the table would refuse later", async () => {
  const store = await memoryStore();
  expect(() => store.predictions.add({ ...prediction(1), confidence: Number.NaN })).toThrow(RangeError);
});

test("close() writes what waits", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0 });
    store.predictions.add(prediction(3));
    await store.close();
    const database = new Database(path, { readonly: true });
    expect(database.query("SELECT id, confidence FROM predictions").all()).toEqual([
      { id: "p3", confidence: 0.25 },
    ]);
    database.close();
  });
});
