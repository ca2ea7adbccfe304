import { expect, test } from "bun:test";
import { restMs } from "../../src/labelling/rest.ts";

test("restMs() is five times as long as the work, and from 10 to 500 ms", () => {
  expect([0, 2, 3, 20, 80, 100, 5_000].map(restMs)).toEqual([10, 10, 15, 100, 400, 500, 500]);
});
