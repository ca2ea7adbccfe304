import { afterAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  PartitionedDataset,
  type PartitionOptions,
} from "../../../src/datasets/files/partitioned-dataset.ts";
import { csvFormat } from "../../../src/datasets/formats/csv-format.ts";
import { textFormat } from "../../../src/datasets/formats/text-format.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-partitions-"));
afterAll(() => rm(root, { recursive: true }));
let count = 0;

function fresh(options: Partial<PartitionOptions> = {}): { dataset: PartitionedDataset; directory: string } {
  const directory = options.directory ?? join(root, String(count++));
  const all = {
    format: textFormat({ type: "text" }),
    suffix: ".txt",
    isOverwriting: false,
    directory,
    ...options,
  };
  return { dataset: new PartitionedDataset(all, { type: "partitioned" }), directory };
}

test("a partitioned dataset loads a function a file, by its name without the suffix, and reads none before", async () => {
  const { dataset, directory } = fresh();
  await mkdir(join(directory, "2026"), { recursive: true });
  await writeFile(join(directory, "b.txt"), "two");
  await writeFile(join(directory, "2026/a.txt"), "one");
  await writeFile(join(directory, "notes.md"), "not one");
  await writeFile(join(directory, ".b.txt.half.txt"), "left by a crash");
  const partitions = await dataset.load();
  expect(Object.keys(partitions)).toEqual(["2026/a", "b"]);
  await writeFile(join(directory, "b.txt"), "changed");
  expect(await partitions.b!()).toBe("changed");
  expect(await partitions["2026/a"]!()).toBe("one");
});

test("a partitioned dataset saves values and the results of functions, and adds to existing partitions", async () => {
  const { dataset, directory } = fresh();
  await dataset.save({ a: "1", "deep/b": async () => "2" });
  await dataset.save({ c: () => "3" });
  expect(await readFile(join(directory, "deep/b.txt"), "utf8")).toBe("2");
  expect((await readdir(directory)).toSorted()).toEqual(["a.txt", "c.txt", "deep"]);
});

test("a partitioned dataset that overwrites removes partitions that are not saved again", async () => {
  const { dataset, directory } = fresh();
  await dataset.save({ a: "1", b: "2" });
  await fresh({ directory, isOverwriting: true }).dataset.save({ b: "3", c: "4" });
  expect((await readdir(directory)).toSorted()).toEqual(["b.txt", "c.txt"]);
});

test("a partitioned dataset has a fingerprint that names and contents decide", async () => {
  const { dataset } = fresh();
  expect(await dataset.fingerprint()).toBeNull();
  expect(await dataset.exists()).toBe(false);
  await dataset.save({ a: "1" });
  const first = await dataset.fingerprint();
  await dataset.save({ a: "2" });
  const second = await dataset.fingerprint();
  await dataset.save({ b: "2" });
  expect(new Set([first, second, await dataset.fingerprint()]).size).toBe(3);
});

test("a partitioned dataset names the partition that fails, and says when there is none", async () => {
  const { dataset, directory } = fresh({ format: csvFormat({ type: "csv" }), suffix: ".csv" });
  await expect(dataset.load()).rejects.toThrow(
    `${directory} has no partitions: it has no files that end in ".csv"`,
  );
  await expect(dataset.save({ a: [{ x: [] }] })).rejects.toThrow('partition "a": row 1, field "x"');
  await expect(dataset.save([1])).rejects.toThrow("by name");
  await expect(dataset.save({ a: () => Promise.reject(new Error("no more")) })).rejects.toThrow(
    'partition "a": no more',
  );
});

test.each(["../x", "a/../../x", "/x", "", "a//b", ".hidden", "a\0"])(
  "a partitioned dataset refuses %j for a name",
  async (name) => {
    const { dataset, directory } = fresh();
    await expect(dataset.save({ [name]: "x" })).rejects.toThrow();
    expect(await readdir(directory).catch(() => [])).toEqual([]);
  },
);
