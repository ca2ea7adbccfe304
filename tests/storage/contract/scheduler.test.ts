import { describe, expect, test } from "bun:test";
import { MAX_TICKS } from "../../../src/storage/tables/scheduler.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("ticks() gives the newest decisions first and no more than 1,000 are kept", async () => {
      const store = await open();
      for (let n = 0; n < MAX_TICKS + 3; n++) {
        await store.scheduler.addTick({
          at: "2026-01-02T03:04:05.000Z",
          decision: "wait",
          detail: String(n),
        });
      }
      expect((await store.scheduler.ticks(2)).map(({ detail }) => detail)).toEqual([
        String(MAX_TICKS + 2),
        String(MAX_TICKS + 1),
      ]);
      const kept = await store.scheduler.ticks();
      expect(kept).toHaveLength(MAX_TICKS);
      expect(kept.at(-1)!.detail).toBe("3");
    });

    test("getState() is not paused at first and remembers what setState() said", async () => {
      const store = await open();
      expect(await store.scheduler.getState()).toEqual({ paused: false });
      await store.scheduler.setState({ paused: true });
      expect(await store.scheduler.getState()).toEqual({ paused: true });
    });
  });
}
