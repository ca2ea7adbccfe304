import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Glob } from "bun";
import { ja } from "../views/i18n/ja.ts";

const ROOT = resolve(import.meta.dir, "..");
const GLOSSARY = "docs/glossary.md";

const CODE = ["src/**/*.ts", "src/**/*.tsx", "views/**/*.ts", "views/**/*.tsx"];

/** Which files each rule reads. */
const COVERED = {
  english: [...CODE, "README.md", "CHANGELOG.md", "docs/*.md", "conf/base/*.yml"],
  japanese: ["views/i18n/**/ja.ts"],
  docComments: CODE,
};

interface Rule {
  not: RegExp;
  say: string;
}

/** The rows of a table of the glossary: its first column is a pattern in backticks, its second the replacement. */
function rulesOf(heading: string, read: (pattern: string) => RegExp): Rule[] {
  const text = readFileSync(resolve(ROOT, GLOSSARY), "utf8");
  const section = text.split(/^### /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `(.+?)` \| (.+?) \|/gm)].map(([, pattern, say]) => ({
    not: read(pattern!.replaceAll("\\|", "|")),
    say: say!.trim(),
  }));
}

/** Whole words; a space also matches a line break within a comment. */
function english(pattern: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:${pattern.replaceAll(" ", "\\s+(?:(?:\\*|//)\\s+)?")})(?![\\w-])`, "gi");
}

const ENGLISH = rulesOf("Always", english);
const JAPANESE = rulesOf("日本語", (pattern) => new RegExp(pattern, "g"));
const DOC_COMMENT = {
  not: /\/\*\*\s+(?:\*\s+)?What\b/g,
  say: "what the thing is or does: Returns …, A batch of …",
};

function findings(file: string, text: string, rules: readonly Rule[]): string[] {
  return rules.flatMap(({ not, say }) =>
    [...text.matchAll(not)].map((match) => {
      const line = text.slice(0, match.index).split("\n").length;
      return `${file}:${line}: "${match[0].replaceAll(/\s+(?:(?:\*|\/\/)\s+)?/g, " ")}": say ${say}`;
    }),
  );
}

const STRING_OR_COMMENT =
  /\/\*.*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs;

/** Only what is written for people, everything else blank, so that lines keep their numbers. */
function prose(file: string, text: string): string {
  if (file.endsWith(".md")) {
    const read = file === GLOSSARY ? text.replace(/^## Say \/ not$.*/ms, "") : text;
    return read.replaceAll(/^```.*?^```|`[^`\n]*`/gms, blank);
  }
  let end = 0;
  let kept = "";
  for (const { 0: piece, index } of text.matchAll(STRING_OR_COMMENT)) {
    const next = index + piece.length;
    const isKey = /^"[\w.]+"$/.test(piece) && text[next] === ":";
    kept += blank(text.slice(end, index)) + (isKey ? blank(piece) : piece.replaceAll(/\$\{[^}]*\}/g, blank));
    end = next;
  }
  return kept + blank(text.slice(end));
}

function blank(code: string): string {
  return code.replaceAll(/[^\n]/g, " ");
}

function check(globs: readonly string[], rules: readonly Rule[]): string[] {
  const files = globs.flatMap((glob) => [...new Glob(glob).scanSync(ROOT)]).sort();
  return files.flatMap((file) =>
    findings(file, prose(file, readFileSync(resolve(ROOT, file), "utf8")), rules),
  );
}

const HALF_WIDTH = /[,:;!?()"]|\.(?![\d\w])/;
const NEAR_FULL_WIDTH = /[、。：「」（）] | [、。：「」（）？！]/;
const POLITE_END = /。.*(?:です|ます|ません|ました|でした|ください)$/;

/** What Japanese typography does not allow in a text; code such as `epochs=3,seed=7` is left as it is typed. */
function japaneseProblems(text: string): string[] {
  const words = text.replaceAll(/\w+=[\w.,=]+/g, "");
  return [
    ...(HALF_WIDTH.test(words) ? ["half-width punctuation: say 、。：；！？（）「」"] : []),
    ...(NEAR_FULL_WIDTH.test(words) ? ["a space beside full-width punctuation"] : []),
    ...(POLITE_END.test(words) ? ["several sentences of which the last does not end with 。"] : []),
  ];
}

test("the glossary lists what not to say, in both languages", () => {
  expect(ENGLISH.length).toBeGreaterThan(25);
  expect(JAPANESE.length).toBeGreaterThan(10);
});

test("the glossary's terms are in alphabetical order, each once with its Japanese", () => {
  const [terms = ""] = readFileSync(resolve(ROOT, GLOSSARY), "utf8").split(/^## /m);
  const rows = [...terms.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gm)].slice(1);
  const names = rows.map(([, name]) => name!.toLowerCase());
  expect(names.length).toBeGreaterThan(60);
  expect(names).toEqual(names.toSorted());
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});

test("English texts and documents say it in the glossary's words", () => {
  expect(check(COVERED.english, ENGLISH)).toEqual([]);
});

test("Japanese texts say it in the glossary's words", () => {
  expect(check(COVERED.japanese, JAPANESE)).toEqual([]);
});

test("Japanese texts have full-width punctuation and whole sentences", () => {
  const problems = Object.entries(ja).flatMap(([key, text]) =>
    japaneseProblems(text).map((problem) => `ja.ts: ${key}: ${problem}: ${text}`),
  );
  expect(problems).toEqual([]);
});

test("no doc comment begins with What", () => {
  expect(check(COVERED.docComments, [DOC_COMMENT])).toEqual([]);
});

test("findings() names file, line and replacement, across the line break of a comment", () => {
  const text = "/**\n * What is done.\n * The run goes\n * on, and is made-up.\n */";
  expect(findings("x.ts", text, [...ENGLISH, DOC_COMMENT])).toEqual([
    'x.ts:3: "goes on": say continues; "is running" of a run',
    'x.ts:4: "made-up": say synthetic',
    'x.ts:1: "/** What": say what the thing is or does: Returns …, A batch of …',
  ]);
});

test("prose() keeps comments and strings, and blanks code, also within them", () => {
  const text = `const texts = f("goes on", \`a \${text} b\`); // taken back\nnext({ "a.text": 1 });\n`;
  expect(prose("x.ts", text)).toBe(
    '                "goes on"  `a         b`   // taken back\n                      \n',
  );
  expect(prose("x.md", "say `a text`\n```\ncode\n```\nend")).toBe("say         \n   \n    \n   \nend");
});

test.each([
  ["失敗しました: 理由", 1],
  ["保存しますか?", 1],
  ["モデル(候補)", 1],
  ["保存しました。 次へ", 1],
  ["そろいました。まもなく開始します", 1],
  ["例：epochs=3,seed=7", 0],
  ["97.5 % の信頼度で {low} を上回ります。", 0],
  ["取り消しますか？ もう一度押してください。", 0],
])("japaneseProblems() of %j are %i", (text, count) => {
  expect(japaneseProblems(text)).toHaveLength(count);
});
