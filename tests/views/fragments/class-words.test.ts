import { expect, test } from "bun:test";
import { drawHint, ranges } from "../../../views/fragments/class-words.ts";
import { textIn } from "../../../views/i18n/text.ts";

const CODES = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));

test("ranges() combines three or more neighbours, and ends with … after twelve", () => {
  expect(ranges(["0", "1", "2", "a", "c", "d"])).toEqual(["0 – 2", "a", "c", "d"]);
  expect(ranges(["x1", "x2", "x3"])).toEqual(["x1", "x2", "x3"]);
  const odd = Array.from({ length: 20 }, (_, i) => `n${i}`);
  expect(ranges(odd)).toHaveLength(13);
  expect(ranges(odd).at(-1)).toBe("…");
});

test("drawHint() names digits as such, few classes individually and many by ranges, in both languages", () => {
  const digits = Array.from({ length: 10 }, (_, i) => String(i));
  expect(drawHint(textIn("en"), digits)).toBe("Draw a digit from 0 to 9");
  expect(drawHint(textIn("en"), ["a", "b", "c"])).toBe("Draw one of a, b, c");
  expect(drawHint(textIn("ja"), ["a", "b", "c"])).toBe("a、b、c のいずれかを書いてください");
  expect(drawHint(textIn("en"), [...CODES, "ä"])).toBe("Draw one of a – z, ä");
});
