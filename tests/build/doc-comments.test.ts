import { expect, test } from "bun:test";
import { undocumentedExports } from "../../src/build/doc-comments.ts";

const missing = (text: string) => undocumentedExports("x.tsx", text).map(({ name }) => name);

test.each([
  ["function", "export function f() {}", "f"],
  ["async function", "export async function f() {}", "f"],
  ["constant", "export const a = 1;", "a"],
  ["constant taken out of another", "export const { a: b } = { a: 1 };", "b"],
  ["component", "export const Card: FC = () => <p>{1}</p>;", "Card"],
  ["class", "export abstract class A {}", "A"],
  ["interface", "export interface I {}", "I"],
  ["type", "export type T = 1;", "T"],
  ["enum", "export enum E {}", "E"],
  ["default function", "export default function f() {}", "f"],
  ["name that is exported below", "const a = 1;\nexport { a as b };", "a"],
  ["type that is exported below", "interface I {}\nexport type { I };", "I"],
])("undocumentedExports() finds a %s without a doc comment, and none once it has one", (_, text, name) => {
  expect(missing(text)).toEqual([name]);
  expect(missing(`/** Says it. */\n${text}`)).toEqual([]);
});

test.each([
  ["a plain comment", "// Says it.\nexport const a = 1;"],
  ["a block comment of one star", "/* Says it. */\nexport const a = 1;"],
  ["an empty doc comment", "/** */\nexport const a = 1;"],
  ["the doc comment of the statement before", "/** Of x. */\nconst x = 1;\nexport const a = x;"],
])("undocumentedExports() does not take %s for one", (_, text) => {
  expect(missing(text)).toEqual(["a"]);
});

test("undocumentedExports() is content with tags alone, and with one comment for all overloads", () => {
  expect(missing("/** @returns 1 */\nexport const a = () => 1;")).toEqual([]);
  const overloads =
    "export function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a: never) {}";
  expect(missing(overloads)).toEqual(["f"]);
  expect(missing(`/** Says it. */\n${overloads}`)).toEqual([]);
});

test("undocumentedExports() leaves alone what is not exported, re-exported, or a default value", () => {
  expect(
    missing('const a = 1;\nexport { b } from "./b.ts";\nexport * from "./c.ts";\nexport default { a };'),
  ).toEqual([]);
});

test("undocumentedExports() gives the line of the export, not of the comment above it", () => {
  expect(undocumentedExports("x.ts", "// One.\n\n// Two.\nexport const a = 1;\n")).toEqual([
    { name: "a", line: 4 },
  ]);
});
