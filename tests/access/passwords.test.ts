import { expect, test } from "bun:test";
import { COMMON_PASSWORDS } from "../../src/access/common-passwords.ts";
import { createPasswords, passwordProblem } from "../../src/access/passwords.ts";

const CHEAP = { memoryCost: 8, timeCost: 1 };

test.each([
  ["four words of iron", "Ann", null],
  ["exactly10!", "Ann", null],
  ["九文字のあいことば", "Ann", "short"],
  ["十文字のあいことばだ", "Ann", null],
  ["😀😀😀😀😀😁😁😁😂", "Ann", "short"],
  ["short-pwd", "Ann", "short"],
  ["", "Ann", "short"],
  ["x1y".repeat(170), "Ann", null],
  ["あいう".repeat(57), "Ann", "long"],
  ["aaaaaaaaaaaa", "Ann", "common"],
  ["ababABABabab", "Ann", "common"],
  ["I am ANNE of Green", "anne", "name"],
  ["wonderful ｔａｎａｋａ", "Tanaka", "name"],
  ["Al is not too short", "Al", null],
] as const)("passwordProblem(%p, %p) is %p", (text, name, problem) => {
  expect(passwordProblem(text, name)).toBe(problem);
});

test("each common password that is long enough is refused, in any case", () => {
  const long = [...COMMON_PASSWORDS].filter((one) => [...one].length >= 10);
  expect(long.length).toBeGreaterThan(10);
  for (const one of long) expect([one, passwordProblem(one.toUpperCase(), "Ann")]).toEqual([one, "common"]);
});

test("hash() is argon2id with 19 MiB and 2 passes and another salt each time; verify() tells right from wrong", async () => {
  const passwords = createPasswords();
  const [hash, again] = [
    await passwords.hash("four words of iron"),
    await passwords.hash("four words of iron"),
  ];
  expect(hash).toStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
  expect(again).not.toBe(hash);
  expect(hash).not.toContain("iron");
  expect(await passwords.verify("four words of iron", hash)).toBe(true);
  expect(await passwords.verify("four words of tin", hash)).toBe(false);
});

test("verify() is false for no hash, whatever is typed, and true when many are verified at once", async () => {
  const passwords = createPasswords(CHEAP);
  expect(await passwords.verify("", null)).toBe(false);
  expect(await passwords.verify("anything at all", null)).toBe(false);
  const hash = await passwords.hash("four words of iron");
  const right = Array.from({ length: 40 }, () => passwords.verify("four words of iron", hash));
  const wrong = Array.from({ length: 40 }, () => passwords.verify("four words", hash));
  expect(await Promise.all(right)).toEqual(Array(40).fill(true));
  expect(await Promise.all(wrong)).toEqual(Array(40).fill(false));
});

test("a hash that cannot be read is an error, and the next password still has its turn", async () => {
  const passwords = createPasswords(CHEAP);
  const failures = await Promise.allSettled(
    Array.from({ length: 5 }, () => passwords.verify("x", "no hash")),
  );
  expect(failures.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
  expect(await passwords.verify("x", await passwords.hash("x"))).toBe(true);
});
