const VOWELS = ["a", "i", "u", "e", "o"];

/** Rows of hiragana with the consonant of each, in the order of the vowels; a space is a gap. */
const ROWS: readonly (readonly [kana: string, consonant: string])[] = [
  ["あいうえお", ""],
  ["かきくけこ", "k"],
  ["さしすせそ", "s"],
  ["たちつてと", "t"],
  ["なにぬねの", "n"],
  ["はひふへほ", "h"],
  ["まみむめも", "m"],
  ["や ゆ よ", "y"],
  ["らりるれろ", "r"],
  ["わゐ ゑを", "w"],
  ["がぎぐげご", "g"],
  ["ざじずぜぞ", "z"],
  ["だぢづでど", "d"],
  ["ばびぶべぼ", "b"],
  ["ぱぴぷぺぽ", "p"],
  ["ぁぃぅぇぉ", "x"],
  ["ゃ ゅ ょ", "xy"],
];

/** Exceptions from the rows. ん is "nn", because "n" begins others. */
const OTHERS: Readonly<Record<string, string>> = {
  し: "shi",
  ち: "chi",
  つ: "tsu",
  ふ: "fu",
  じ: "ji",
  ん: "nn",
  っ: "xtu",
  ゔ: "vu",
  ー: "-",
};

const ROMAJI = new Map<string, string>([
  ...ROWS.flatMap(([kana, consonant]) =>
    [...kana].flatMap((one, i): [string, string][] => (one === " " ? [] : [[one, consonant + VOWELS[i]]])),
  ),
  ...Object.entries(OTHERS),
]);

/** Sounds whose consonant keeps no y: しゃ is "sha", not "shya". */
const SOFT: ReadonlySet<string> = new Set(["sh", "ch", "j"]);

/**
 * Romaji of a kana, or of a kana with a small や, ゆ or よ, as it is typed: no other begins with it.
 * @returns lower case for hiragana and katakana alike; null for anything else.
 */
export function romajiOf(name: string): string | null {
  const [first, second, ...rest] = [...name].map(hiragana);
  if (first === undefined || rest.length > 0) return null;
  const base = ROMAJI.get(first);
  if (base === undefined || second === undefined) return base ?? null;
  const small = ROMAJI.get(second);
  if (small?.startsWith("xy") !== true || !base.endsWith("i")) return null;
  const consonant = base.slice(0, -1);
  if (consonant === "") return null;
  return consonant + small.slice(SOFT.has(consonant) ? 2 : 1);
}

/** Whether it is katakana, the long vowel mark aside. */
export function isKatakana(name: string): boolean {
  return /[ァ-ヴ]/u.test(name);
}

/** The hiragana of a katakana; anything else unchanged. Their blocks in Unicode are 0x60 apart. */
function hiragana(character: string): string {
  return /^[ァ-ヴ]$/u.test(character) ? String.fromCodePoint(character.codePointAt(0)! - 0x60) : character;
}
