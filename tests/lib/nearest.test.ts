import { expect, test } from "bun:test";
import { didYouMean, nearest } from "../../src/lib/nearest.ts";

const KEYS = ["epochs", "batch_size", "learning_rate", "tuning_epochs", "seed"];

test.each([
  ["epoch", "epochs"],
  ["epcohs", "epochs"],
  ["Epochs", "epochs"],
  ["batchsize", "batch_size"],
  ["laerning_rate", "learning_rate"],
  ["sed", "seed"],
])("nearest() finds what was meant by %p", (typed, meant) => {
  expect(nearest(typed, KEYS)).toBe(meant);
});

test("nearest() finds nothing when more than a third of the letters differ", () => {
  expect(nearest("optimiser", KEYS)).toBeNull();
  expect(nearest("", KEYS)).toBeNull();
  expect(nearest("x", [])).toBeNull();
});

test("nearest() takes the first of equally near names", () => {
  expect(nearest("abcx", ["abcd", "abce"])).toBe("abcd");
});

test("didYouMean() is empty when nothing is near", () => {
  expect(didYouMean("epoch", KEYS)).toBe('. Did you mean "epochs"?');
  expect(didYouMean("optimiser", KEYS)).toBe("");
});

test("nearest() finds nothing near a name of more than 100 letters, and so never searches one", () => {
  expect(nearest("a".repeat(100), ["a".repeat(99)])).toBe("a".repeat(99));
  expect(nearest("a".repeat(101), ["a".repeat(101)])).toBeNull();
});
