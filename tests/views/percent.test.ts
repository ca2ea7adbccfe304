import { expect, test } from "bun:test";
import { percentText } from "../../views/i18n/percent.ts";

test.each([
  [0.77777, 2, "77.78\u00a0%"],
  [0.992, 1, "99.2\u00a0%"],
  [0.99996, 1, "99.9\u00a0%"],
  [0.99996, 2, "99.99\u00a0%"],
  [1, 1, "100.0\u00a0%"],
  [0, 1, "0.0\u00a0%"],
])("percentText() rounds %p to %d digits, and returns 100 %% only for 1", (share, digits, expected) => {
  expect(percentText(share, "en", digits)).toBe(expected);
});
