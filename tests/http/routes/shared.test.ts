import { expect, test } from "bun:test";
import { sharedFor } from "../../../src/http/routes/shared.ts";

function setUp(load: () => Promise<number>) {
  const clock = { ms: 0 };
  return { clock, ask: sharedFor({ now: () => new Date(clock.ms) }, 100, load) };
}

test("sharedFor() loads once for all calls within the time, and again after it", async () => {
  let loads = 0;
  const { clock, ask } = setUp(async () => ++loads);
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  clock.ms = 99;
  expect(await ask()).toBe(1);
  clock.ms = 100;
  expect(await ask()).toBe(2);
});

test("sharedFor() loads again when the clock was set back", async () => {
  let loads = 0;
  const { clock, ask } = setUp(async () => ++loads);
  clock.ms = 3_600_000;
  await ask();
  clock.ms = 0;
  expect(await ask()).toBe(2);
});

test("sharedFor() does not keep a failure", async () => {
  let loads = 0;
  const { ask } = setUp(async () => {
    loads += 1;
    if (loads === 1) throw new Error("busy");
    return loads;
  });
  expect(ask()).rejects.toThrow("busy");
  await Promise.resolve();
  await Promise.resolve();
  expect(await ask()).toBe(2);
});
