import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileDataset } from "../../../src/datasets/files/file-dataset.ts";
import { fixedLocation, versionedLocation } from "../../../src/datasets/files/versions.ts";
import { FILE_FORMATS } from "../../../src/datasets/formats/file-types.ts";
import type { DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { UsageError } from "../../../src/lib/errors.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-append-"));
});
afterEach(() => rm(dir, { recursive: true }));

const adding = (type: "csv" | "text", more: Partial<DatasetConfig> = {}) =>
  FILE_FORMATS[type]({ type, save_args: { mode: "a" }, ...more });

test("csv with save_args.mode a adds rows, with the names once", async () => {
  const path = join(dir, "rows.csv");
  const dataset = new FileDataset(fixedLocation(path), adding("csv"), {});
  await dataset.save([{ a: 1, b: "x" }]);
  await dataset.save([
    { a: 2, b: "y" },
    { a: 3, b: "z" },
  ]);
  expect(await readFile(path, "utf8")).toBe("a,b\n1,x\n2,y\n3,z\n");
  expect(await readdir(dir)).toEqual(["rows.csv"]);
});

test("text with save_args.mode a adds to what an earlier run left, as Python's open does", async () => {
  const path = join(dir, "log.txt");
  await writeFile(path, "one\n");
  await new FileDataset(fixedLocation(path), adding("text"), {}).save("two\n");
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
});

test("a versioned file that is appended to starts over with each run, and is one version", async () => {
  const path = join(dir, "log.txt");
  for (const [version, lines] of [
    ["v1", ["a\n", "b\n"]],
    ["v2", ["c\n", "d\n"]],
  ] as const) {
    const location = versionedLocation(path, version, { file: "log.txt" });
    const dataset = new FileDataset(location, adding("text"), {});
    for (const line of lines) await dataset.save(line);
    expect(await dataset.load()).toBe(lines.join(""));
  }
  expect(await readFile(join(path, "v1/log.txt"), "utf8")).toBe("a\nb\n");
});

test("a value that cannot be added leaves the file as it was", async () => {
  const path = join(dir, "rows.csv");
  const dataset = new FileDataset(fixedLocation(path), adding("csv"), {});
  await dataset.save([{ a: 1 }]);
  await expect(dataset.save([{ a: {} }])).rejects.toThrow('row 1, field "a"');
  expect(await readFile(path, "utf8")).toBe("a\n1\n");
});

test("save_args.mode other than w and a is refused", () => {
  expect(() => FILE_FORMATS.csv({ type: "csv", save_args: { mode: "x" } })).toThrow(UsageError);
  expect(() => FILE_FORMATS.text({ type: "text", save_args: { mode: "x" } })).toThrow(
    'save_args.mode: must be "w" (overwrite) or "a" (append), found "x"',
  );
});
