import { expect, test } from "bun:test";
import { isMachineBusy } from "../../src/server/machine-load.ts";

test("isMachineBusy() needs more load than a run's own threads cause", () => {
  const cases: [load: number, cores: number, isBusy: boolean][] = [
    [0, 2, false],
    [2.2, 2, false],
    [3, 2, true],
    [8, 2, true],
    [8, 8, false],
    [1.4, 1, false],
    [1.5, 1, true],
  ];
  for (const [load, cores, expected] of cases)
    expect([load, cores, isMachineBusy(load, cores)]).toEqual([load, cores, expected]);
});
