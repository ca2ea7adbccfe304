import { expect, test } from "bun:test";
import { openStore } from "../../../src/storage/open.ts";
import { drawSplit } from "../../../src/storage/tables/splits.ts";
import { FakeClock, memoryStore, newSample, withDirectory } from "../helpers.ts";

test("drawSplit() puts the asked share of 10,000 groups on the holdout side, within 0.015", () => {
  const groups = Array.from({ length: 10_000 }, (_, i) => `writer:${i}`);
  const share = groups.filter((group) => drawSplit(group, 0.2) === "holdout").length / groups.length;
  expect(Math.abs(share - 0.2)).toBeLessThan(0.015);
  expect(groups.every((group) => drawSplit(group, 0) === "train")).toBe(true);
});

test("insert() keeps every group on one side, and the first group on train", async () => {
  const store = await memoryStore(new FakeClock(), 0.5);
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
  expect(new Set([...sides.values()].flatMap((side) => [...side]))).toEqual(new Set(["train", "holdout"]));
});

test("insert() keeps a group's side when the store is opened again with another fraction", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const clock = new FakeClock();
    const before = await openStore({ path, clock, holdoutFraction: 0 });
    for (let i = 0; i < 20; i++) await before.samples.insert(newSample({ writer: `w${i}` }));
    await before.close();
    const after = await openStore({ path, clock, holdoutFraction: 0.99 });
    for (let i = 0; i < 20; i++) {
      expect((await after.samples.insert(newSample({ writer: `w${i}` }))).sample.split).toBe("train");
    }
    await after.close();
  });
});

test("insert() draws each sample alone when it has neither writer nor session, the first one for train", async () => {
  const store = await memoryStore(new FakeClock(), 0.99);
  const splits: string[] = [];
  for (let i = 0; i < 40; i++) splits.push((await store.samples.insert(newSample())).sample.split);
  expect(splits[0]).toBe("train");
  expect(splits.filter((split) => split === "holdout").length).toBeGreaterThan(30);
});
