import { describe, expect, test } from "bun:test";
import { MAX_PREDICTIONS } from "../../../src/storage/tables/predictions.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const prediction = (n: number) => ({
  id: `p${n}`,
  label: String(n % 10),
  confidence: 1 / (n + 1),
  shown: n % 2 === 0 ? null : { label: "x", confidence: 1 / (n + 2) },
  modelVersion: 2,
  createdAt: "2026-01-02T03:04:05.000Z",
});

for (const { name, open, openAt } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("get() finds a prediction before and after it is written", async () => {
      const store = await open();
      store.predictions.add(prediction(1));
      expect(await store.predictions.get("p1")).toEqual(prediction(1));
      await store.predictions.flush();
      expect(await store.predictions.get("p1")).toEqual(prediction(1));
      expect(await store.predictions.get("p2")).toBeNull();
    });

    test("flush() keeps the newest 10,000 predictions and forgets the others", async () => {
      const store = await open();
      for (let n = 0; n < 9_000; n++) store.predictions.add(prediction(n));
      await store.predictions.flush();
      for (let n = 9_000; n < MAX_PREDICTIONS + 500; n++) store.predictions.add(prediction(n));
      await store.predictions.flush();
      expect(await store.predictions.get("p499")).toBeNull();
      expect(await store.predictions.get("p500")).toEqual(prediction(500));
      expect(await store.predictions.get(`p${MAX_PREDICTIONS + 499}`)).not.toBeNull();
    });

    test("add() forgets the oldest when more than 10,000 wait to be written", async () => {
      const store = await open();
      for (let n = 0; n <= MAX_PREDICTIONS; n++) store.predictions.add(prediction(n));
      expect(await store.predictions.get("p0")).toBeNull();
      expect(await store.predictions.get("p1")).not.toBeNull();
    });

    test("add() refuses a confidence that the table would refuse later", async () => {
      const store = await open();
      expect(() => store.predictions.add({ ...prediction(1), confidence: Number.NaN })).toThrow(RangeError);
    });

    if (openAt !== undefined)
      test("close() writes what waits", async () => {
        const store = await openAt("predictions-at-close");
        store.predictions.add(prediction(3));
        await store.close();
        const again = await openAt("predictions-at-close");
        expect(await again.predictions.get("p3")).toEqual(prediction(3));
        await again.close();
      });
  });
}
