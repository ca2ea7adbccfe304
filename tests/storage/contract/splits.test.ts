import { describe, expect, test } from "bun:test";
import { FakeClock, newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open, openAt } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("insert() keeps every group on one side, and the first group on train", async () => {
      const store = await open(new FakeClock(), 0.5);
      const sides = new Map<string, Set<string>>();
      for (let i = 0; i < 300; i++) {
        const group = `w${i % 30}`;
        const who = i % 2 === 0 ? { writer: group, session: `s${i}` } : { writer: null, session: group };
        const { sample } = await store.samples.insert(newSample(who));
        const key = `${who.writer === null ? "session" : "writer"} ${group}`;
        sides.set(key, (sides.get(key) ?? new Set()).add(sample.split));
      }
      expect([...sides.values()].every((side) => side.size === 1)).toBe(true);
      expect([...sides.get("writer w0")!]).toEqual(["train"]);
      expect(new Set([...sides.values()].flatMap((side) => [...side]))).toEqual(
        new Set(["train", "holdout"]),
      );
    });

    if (openAt !== undefined)
      test("insert() keeps a group's side when the store is opened again with another fraction", async () => {
        const clock = new FakeClock();
        const before = await openAt("splits-again", clock, 0);
        for (let i = 0; i < 20; i++) await before.samples.insert(newSample({ writer: `w${i}` }));
        await before.close();
        const after = await openAt("splits-again", clock, 0.99);
        for (let i = 0; i < 20; i++) {
          expect((await after.samples.insert(newSample({ writer: `w${i}` }))).sample.split).toBe("train");
        }
        await after.close();
      });

    test("insert() draws each sample alone when it has neither writer nor session, the first one for train", async () => {
      const store = await open(new FakeClock(), 0.99);
      const splits: string[] = [];
      for (let i = 0; i < 40; i++) splits.push((await store.samples.insert(newSample())).sample.split);
      expect(splits[0]).toBe("train");
      expect(splits.filter((split) => split === "holdout").length).toBeGreaterThan(30);
    });
  });
}
