import { expect, test } from "bun:test";
import { SharedFragments } from "../../../src/http/routes/shared-fragments.ts";
import { FakeClock } from "../../storage/helpers.ts";

test("of() renders once for all readers with the same key within the time, and again after it", async () => {
  const clock = new FakeClock();
  const fragments = new SharedFragments(clock, 150);
  let renders = 0;
  const render = async () => `<p>${++renders}</p>`;
  const draws = [1, 2, 3].map(() => fragments.of("runs en UTC", render));
  expect(await Promise.all(draws.map((draw) => draw()))).toEqual(Array(3).fill("<p>1</p>"));
  clock.timeMs += 150;
  expect(await draws[0]!()).toBe("<p>2</p>");
  expect(await draws[2]!()).toBe("<p>2</p>");
});

test("of() keeps readers of another language or time zone apart", async () => {
  const fragments = new SharedFragments(new FakeClock(), 150);
  expect(await fragments.of("runs en", async () => "Runs")()).toBe("Runs");
  expect(await fragments.of("runs ja", async () => "実行")()).toBe("実行");
});

test("of() keeps a limited number, and those that are no longer kept still render", async () => {
  const clock = new FakeClock();
  const fragments = new SharedFragments(clock, 150);
  let renders = 0;
  const render = async () => String(++renders);
  const first = fragments.of("zone 0", render);
  for (let n = 1; n <= 300; n++) fragments.of(`zone ${n}`, render);
  expect(fragments.of("zone 0", render)).not.toBe(first);
  expect(await first()).toBe("1");
});

test("of() fails for all who wait when the fragment cannot be rendered, and renders again", async () => {
  const fragments = new SharedFragments(new FakeClock(), 150);
  let isBroken = true;
  const draw = fragments.of("runs", async () => {
    if (isBroken) throw new Error("disk");
    return "Runs";
  });
  await expect(draw()).rejects.toThrow("disk");
  isBroken = false;
  expect(await draw()).toBe("Runs");
});
