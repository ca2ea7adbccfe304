import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFresh, makeStamped, makeWhenStale, type Product } from "../../src/build/stamp.ts";

let root = "";
let product: Product;
let timesMade = 0;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tegaki-stamp-"));
  timesMade = 0;
  product = { name: "letter", inputs: ["src", "one.txt"], outputs: [join(root, "letter.txt")] };
  await mkdir(join(root, "src/deep"), { recursive: true });
  await write("src/deep/a.txt", "a");
  await write("one.txt", "1");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (path: string, text: string) => Bun.write(join(root, path), text);
const make = async () => {
  timesMade++;
  await write("letter.txt", "made");
};

test("makeWhenStale() builds the product once, and not again while nothing changes", async () => {
  expect(await makeWhenStale(product, make, root)).toBe(true);
  expect(await makeWhenStale(product, make, root)).toBe(false);
  expect(timesMade).toBe(1);
});

test.each([
  ["an input in a folder changes", () => write("src/deep/a.txt", "b")],
  ["an input that is a file changes", () => write("one.txt", "2")],
  ["an input is added", () => write("src/new.txt", "")],
  ["an input is removed", () => rm(join(root, "src/deep/a.txt"))],
  ["how things are built changes", () => write("src/build/build.ts", "")],
  ["other packages are installed", () => write("package-lock.json", "{}")],
  ["an output is gone", () => rm(join(root, "letter.txt"))],
])("isFresh() is false when %s", async (_, change) => {
  await makeStamped(product, make, root);
  expect(await isFresh(product, root)).toBe(true);
  await change();
  expect(await isFresh(product, root)).toBe(false);
});

test("isFresh() compares contents: a newer date, or a reverted change, leaves the product fresh", async () => {
  await makeStamped(product, make, root);
  await write("one.txt", "2");
  await write("one.txt", "1");
  await utimes(join(root, "src/deep/a.txt"), new Date(), new Date(Date.now() + 60_000));
  expect(await isFresh(product, root)).toBe(true);
});

test("makeStamped() leaves the product stale when building it fails, or a source changes meanwhile", async () => {
  await makeStamped(product, make, root);
  const failing = makeStamped(product, () => Promise.reject(new Error("no")), root);
  expect(failing).rejects.toThrow("no");
  await failing.catch(() => {});
  expect(await isFresh(product, root)).toBe(false);

  const disturbed = async () => {
    await make();
    await write("one.txt", "3");
  };
  await makeStamped(product, disturbed, root);
  expect(await isFresh(product, root)).toBe(false);
});
