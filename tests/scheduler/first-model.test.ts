import { expect, test } from "bun:test";
import { firstModelProgress } from "../../src/scheduler/first-model.ts";
import { World } from "./helpers.ts";

const NEEDS = { classes: ["a", "b"], perClass: 3, total: 8 };
const progress = (toTrain: Record<string, number>) => firstModelProgress({ toTrain, heldOut: 1 }, NEEDS);

test("firstModelProgress() counts each class, leaves out labels that are no class, and asks for enough of each and in all", () => {
  expect(progress({ a: 2, z: 9 })).toEqual({
    perClass: 3,
    total: 8,
    classes: [
      { label: "a", n: 2 },
      { label: "b", n: 0 },
    ],
    n: 2,
    heldOut: 1,
    isEnough: false,
  });
  expect(progress({ a: 6, b: 2 }).isEnough).toBe(false);
  expect(progress({ a: 3, b: 3 }).isEnough).toBe(false);
  expect(progress({ a: 5, b: 3 }).isEnough).toBe(true);
});

test("firstModelProgress() never asks for less in all than what each class needs", () => {
  expect(firstModelProgress({ toTrain: {}, heldOut: 0 }, { ...NEEDS, total: 1 }).total).toBe(6);
});

test("scheduler trains a first model when there is none, long before the threshold for tuning", async () => {
  const world = await World.start({ rules: { newSamples: 500 } }, false);
  await world.label(4, { label: "7" });
  expect(world.children).toEqual([]);
  expect((await world.scheduler.status()).firstModel).toMatchObject({ n: 4, total: 5, isEnough: false });
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
