import { afterEach, beforeEach, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FeaturePacks } from "../../../src/runs/caches/feature-packs.ts";
import { steppingClock } from "../../support/stepping-clock.ts";

const key = (name: string) => createHash("sha256").update(name).digest("hex");
const SPACE = key("the first layers");
const row = (n: number, bytes = 40) => new Uint8Array(bytes).fill(n);
const rows = (...numbers: number[]) => new Map(numbers.map((n) => [key(`image ${n}`), row(n)]));

let directory: string;
let packs: FeaturePacks;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tegaki-packs-"));
  packs = new FeaturePacks(directory, 1_000_000, steppingClock());
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const read = async (...numbers: number[]) =>
  (
    await packs.read(
      SPACE,
      numbers.map((n) => key(`image ${n}`)),
    )
  ).map((found) => found?.[0] ?? null);
const files = () => readdir(join(directory, SPACE));
const onlyFile = async () => join(directory, SPACE, (await files())[0]!);

test("FeaturePacks gives back what was written, by space and key, also to another process", async () => {
  await packs.write(SPACE, rows(1, 2));
  await packs.write(SPACE, rows(3));
  packs = new FeaturePacks(directory, 1_000_000, steppingClock());
  expect(await read(3, 4, 1, 1)).toEqual([3, null, 1, 1]);
  expect(await packs.read(key("other layers"), [key("image 1")])).toEqual([null]);
  const [found] = await packs.read(SPACE, [key("image 2")]);
  expect(found).toEqual(row(2));
});

test("FeaturePacks has nothing when its directory is missing, or was deleted", async () => {
  expect(await read(1)).toEqual([null]);
  await packs.write(SPACE, rows(1));
  await rm(directory, { recursive: true });
  expect(await read(1)).toEqual([null]);
  await packs.write(SPACE, rows(2));
  expect(await read(1, 2)).toEqual([null, 2]);
});

test("FeaturePacks gives the intact rows of a damaged file, and those that are written again", async () => {
  await packs.write(SPACE, rows(1, 2, 3));
  const path = await onlyFile();
  const bytes = await Bun.file(path).bytes();
  // Header 16, index 3 x 40, then rows of 40: the middle of the second.
  bytes[16 + 120 + 60]! ^= 1;
  await writeFile(path, bytes);
  expect(await read(1, 2, 3)).toEqual([1, null, 3]);
  await packs.write(SPACE, rows(2));
  expect(await read(1, 2, 3)).toEqual([1, 2, 3]);
});

test("FeaturePacks never gives a wrong row, whatever byte of a file is changed, and wherever it is cut off", async () => {
  await packs.write(SPACE, rows(1, 2));
  const path = await onlyFile();
  const whole = await Bun.file(path).bytes();
  for (let at = 0; at < whole.length; at++) {
    await writeFile(path, whole.with(at, whole[at]! ^ 0x55));
    const found = await read(1, 2);
    expect(found).toEqual([found[0] === null ? null : 1, found[1] === null ? null : 2]);
    expect(found).toContain(null);
  }
  for (const length of [0, 7, 16, 50, whole.length - 1]) {
    await writeFile(path, whole);
    await truncate(path, length);
    expect(await read(2)).toEqual([null]);
  }
});

test("FeaturePacks deletes the least recently used files when there is too much, leftovers of a crash included", async () => {
  const bytes = 16 + 40 + 40;
  packs = new FeaturePacks(directory, 3 * bytes, steppingClock());
  await packs.write(SPACE, rows(0));
  const leftover = (await onlyFile()).replace(".pack", ".new");
  await rename(await onlyFile(), leftover);
  for (const n of [1, 2, 3]) {
    await packs.write(SPACE, rows(n));
    // Reading gives each a time of use of the stepping clock.
    await read(n);
  }
  await read(1);
  const other = key("other layers");
  await packs.write(other, rows(4));
  const sizes = await Promise.all(
    [SPACE, other].map(async (space) => (await readdir(join(directory, space))).length),
  );
  expect(sizes).toEqual([2, 1]);
  expect(await read(1, 2, 3)).toEqual([1, null, 3]);
});

test("FeaturePacks stores nothing that is larger than its limit", async () => {
  packs = new FeaturePacks(directory, 100, steppingClock());
  await packs.write(SPACE, rows(1, 2));
  expect(await read(1, 2)).toEqual([null, null]);
  expect(await readdir(directory)).toEqual([]);
});

test("FeaturePacks continues without storing when it cannot write, and leaves nothing behind", async () => {
  await writeFile(join(directory, SPACE), "a file in the way");
  await packs.write(SPACE, rows(1));
  expect(await read(1)).toEqual([null]);
  expect((await stat(join(directory, SPACE))).size).toBe(17);
});
