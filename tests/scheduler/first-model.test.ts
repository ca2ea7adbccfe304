import { expect, test } from "bun:test";
import { firstModelProgress } from "../../src/scheduler/first-model.ts";
import { World } from "./helpers.ts";

const NEEDS = { classes: ["a", "b"], perClass: 3, total: 8, holdoutFraction: 0.2 };
const progress = (byLabel: Record<string, number>, heldOut: Record<string, number> = {}) =>
  firstModelProgress(
    {
      byLabel,
      toTrain: Object.fromEntries(
        Object.entries(byLabel).map(([label, n]) => [label, n - (heldOut[label] ?? 0)]),
      ),
    },
    NEEDS,
  );

test("firstModelProgress() counts each class, leaves out labels that are no class, and asks for enough of each and in all", () => {
  expect(progress({ a: 2, z: 9 })).toEqual({
    perClass: 3,
    total: 8,
    classes: [
      { label: "a", n: 2, of: 3 },
      { label: "b", n: 0, of: 3 },
    ],
    n: 2,
    heldOut: 0,
    isEnough: false,
  });
  expect(progress({ a: 6, b: 2 })).toMatchObject({ n: 8, total: 9, isEnough: false });
  expect(progress({ a: 3, b: 3 }).isEnough).toBe(false);
  expect(progress({ a: 5, b: 3 }).isEnough).toBe(true);
});

test("firstModelProgress() never asks for less in all than what each class needs", () => {
  expect(firstModelProgress({ byLabel: {}, toTrain: {} }, { ...NEEDS, total: 1 }).total).toBe(6);
});

test("firstModelProgress() counts held-out drawings, which a person who labels does not know apart", () => {
  expect(progress({ a: 4, b: 4 }, { a: 1, b: 2 })).toMatchObject({
    n: 8,
    total: 8,
    heldOut: 3,
    isEnough: true,
  });
  expect(progress({ a: 5, b: 3 }, { a: 1, z: 4 })).toMatchObject({ n: 8, heldOut: 1, isEnough: true });
});

test("firstModelProgress() asks for more of a class of which too few are left to train on, as many as are expected to do", () => {
  expect(progress({ a: 5, b: 3 }, { b: 3 })).toEqual({
    perClass: 3,
    // Two of b must be left to train on; with a fifth held out, that takes three labels.
    total: 11,
    classes: [
      { label: "a", n: 5, of: 3 },
      { label: "b", n: 3, of: 6 },
    ],
    n: 8,
    heldOut: 3,
    isEnough: false,
  });
  expect(progress({ a: 5, b: 6 }, { b: 4 }).isEnough).toBe(true);
});

test("scheduler trains a first model when there is none, long before the threshold for tuning", async () => {
  const world = await World.start({ rules: { newSamples: 500 } }, false);
  await world.label(4, { label: "7" });
  expect(world.children).toEqual([]);
  expect((await world.scheduler.status()).firstModel).toMatchObject({ n: 4, total: 6, isEnough: false });
  await world.label(2, { label: "0" });
  expect(world.children.map(({ request }) => request.pipeline)).toEqual(["first"]);
});

test("scheduler waits for new labels after a first model that the gate refused", async () => {
  const world = await World.start({ minIntervalMs: 0 }, false);
  await world.label(3, { label: "7" });
  await world.label(2, { label: "0" });
  await world.endRun("done");
  await world.timers.advance(60_000);
  expect(world.children).toHaveLength(1);
  await world.label(1, { label: "0" });
  expect(world.children).toHaveLength(1);
  await world.label(1, { label: "0" });
  expect(world.children).toHaveLength(2);
});

test("scheduler backs off after a first training that failed", async () => {
  const world = await World.start({}, false);
  await world.label(3, { label: "7" });
  await world.label(2, { label: "0" });
  await world.endRun("failed");
  expect(await world.scheduler.status()).toMatchObject({ consecutiveFailures: 1 });
  await world.timers.advance(59_000);
  expect(world.children).toHaveLength(1);
  await world.timers.advance(2_000);
  expect(world.children).toHaveLength(2);
});
