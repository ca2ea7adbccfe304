import { expect, test } from "bun:test";
import { classKeys } from "../../../../../views/assets/draw/keys/class-keys.ts";
import { actionOf, keyName } from "../../../../../views/assets/draw/keys/keys.ts";

const HIRAGANA = [
  ..."あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
  ..."がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょー",
];
const KATAKANA = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];

const keysOf = (classes: readonly string[]) => Object.fromEntries(classKeys(classes));

/** No sequence begins with another, so each can be typed. */
function expectPrefixFree(classes: readonly string[]): void {
  const codes = [...classKeys(classes).values()];
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(codes.filter((other) => other !== code && other.startsWith(code))).toEqual([]);
  }
}

test("classKeys() has a character of the keyboard as its own key", () => {
  expect(keysOf(["0", "a", "?"])).toEqual({ "0": "0", a: "a", "?": "?" });
});

test("classKeys() has the romaji of kana, also of those with a small ya, yu or yo", () => {
  expect(keysOf(["あ", "い", "う"])).toEqual({ あ: "a", い: "i", う: "u" });
  expect(keysOf(["し", "ち", "つ", "ふ", "じ", "を", "ん", "っ"])).toEqual({
    ...{ し: "shi", ち: "chi", つ: "tsu", ふ: "fu" },
    ...{ じ: "ji", を: "wo", ん: "nn", っ: "xtu" },
  });
  expect(keysOf(["きゃ", "しゅ", "ちょ", "じゃ", "りょ", "カ"])).toEqual({
    ...{ きゃ: "kya", しゅ: "shu", ちょ: "cho", じゃ: "ja", りょ: "ryo", カ: "KA" },
  });
  expect(keysOf(["ア", "ヴ"])).toEqual({ ア: "a", ヴ: "vu" });
});

test("classKeys() gives every kana keys, and none begins with those of another", () => {
  for (const classes of [HIRAGANA, KATAKANA, [...HIRAGANA, ...KATAKANA]]) {
    expect(classKeys(classes).size).toBe(classes.length);
    expectPrefixFree(classes);
  }
});

test("classKeys() has numbers of equal length for all other classes", () => {
  expect(keysOf(["山", "川", "ka"])).toEqual({ 山: "01", 川: "02", ka: "03" });
  expect(keysOf(["α", "β", "あ"])).toEqual({ α: "01", β: "02", あ: "a" });
  const many = Array.from({ length: 120 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  expect(classKeys(many).get(many[119]!)).toBe("120");
  expect(classKeys(many).get(many[0]!)).toBe("001");
  expectPrefixFree(many);
});

test("classKeys() leaves keys to the classes that have them: no romaji beside letters, no numbers beside digits", () => {
  expect(keysOf(["a", "あ"])).toEqual({ a: "a", あ: "01" });
  expect(keysOf(["kanji", "か"])).toEqual({ kanji: "01", か: "02" });
  expect(keysOf(["0", "1", "山", "あ"])).toEqual({ "0": "0", "1": "1", あ: "a" });
  expect(keysOf(["7", "q", "山", "あ"])).toEqual({ "7": "7", q: "q" });
});

const press = (classes: readonly string[], key: string, typed = "") =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, focus: "body", typed }, classes);

test("actionOf() collects the keys of a class, labels with the last one, and gives up with Escape or a wrong key", () => {
  expect(press(HIRAGANA, "a")).toEqual({ kind: "label", label: "あ" });
  expect(press(HIRAGANA, "k")).toEqual({ kind: "type", typed: "k" });
  expect(press(HIRAGANA, "a", "k")).toEqual({ kind: "label", label: "か" });
  expect(press(HIRAGANA, "h", "s")).toEqual({ kind: "type", typed: "sh" });
  expect(press(HIRAGANA, "i", "sh")).toEqual({ kind: "label", label: "し" });
  expect(press(HIRAGANA, "q", "k")).toEqual({ kind: "mistyped", typed: "kq" });
  expect(press(HIRAGANA, "Escape", "sh")).toEqual({ kind: "type", typed: "" });
  expect(press(HIRAGANA, "Backspace", "sh")).toEqual({ kind: "type", typed: "s" });
  expect(press(HIRAGANA, "Backspace")).toEqual({ kind: "undo" });
  expect(press(["山", "川"], "0")).toEqual({ kind: "type", typed: "0" });
  expect(press(["山", "川"], "2", "0")).toEqual({ kind: "label", label: "川" });
  expect(press(HIRAGANA, "あ")).toEqual({ kind: "label", label: "あ" });
});

test("a command's letter needs Alt where it begins the keys of a class", () => {
  expect(press(HIRAGANA, "h")).toEqual({ kind: "type", typed: "h" });
  expect(keyName("h", HIRAGANA)).toBe("Alt+h");
  expect(keyName("r", HIRAGANA)).toBe("Alt+r");
  expect(keyName("v", HIRAGANA)).toBe("v");
  expect(press(["あ", "い"], "h")).toEqual({ kind: "help" });
  expect(keyName("x", ["山"])).toBe("x");
});
