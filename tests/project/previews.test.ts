import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModelFiles } from "../../src/datasets/models/model-files.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { Store } from "../../src/domain/store.ts";
import { createPreviews } from "../../src/project/previews.ts";
import type { Project } from "../../src/project/project.ts";
import type { Runtime } from "../../src/project/runtime.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-previews-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const preview = (config: Record<string, unknown>) => {
  const project = {
    dir,
    dataDir: join(dir, "data"),
    config: { catalog: { it: config }, parameters: { classes: ["0", "1"] } },
  } as unknown as Project;
  return createPreviews({} as Runtime, project, {} as Store)("it");
};
const write = (path: string, body: string | Uint8Array) => Bun.write(join(dir, path), body);

test("a preview of what has not been saved yet is none", async () => {
  expect(await preview({ type: "csv", filepath: "a.csv" })).toBeNull();
  expect(await preview({ type: "json", filepath: "a.json", versioned: true })).toBeNull();
  expect(await preview({ type: "idx", filepath: "mnist" })).toBeNull();
  expect(await preview({ type: "tfjs_model", filepath: "model", versioned: true })).toBeNull();
  expect(await preview({ type: "partitioned", path: "parts", dataset: "csv" })).toBeNull();
});

test("a preview of a small table counts all of its rows and says how large the file is", async () => {
  await write("a.csv", "x,y\n1,2\n3,4\n");
  expect(await preview({ type: "csv", filepath: "a.csv" })).toMatchObject({
    kind: "table",
    columns: ["x", "y"],
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    total: 2,
    files: { bytes: 12, version: null, isPart: false },
  });
});

test("a preview of a table shows the values that a node gets, and large numbers with all digits", async () => {
  await write("a.csv", "price,code,part\n12345678,007,0.123456789\n9007199254740993,12,1234567.5\n,,\n");
  const rows = [
    ["12345678", "007", "0.123457"],
    ["9007199254740993", "12", "1234567.5"],
    ["", "", ""],
  ];
  expect(await preview({ type: "csv", filepath: "a.csv" })).toMatchObject({ kind: "table", rows });
  await write("b.csv", "price\n12345678\n");
  expect(await preview({ type: "csv", filepath: "b.csv" })).toMatchObject({ rows: [["12345678"]] });
});

test("a preview of a huge table reads its beginning, up to the last whole row, also through quoted lines", async () => {
  const row = `"a\nb, ""${"x".repeat(50)}""",2\n`;
  await write("a.csv", `x,y\n${row.repeat(10_000)}"never closed`);
  expect(await preview({ type: "csv", filepath: "a.csv" })).toMatchObject({
    kind: "table",
    columns: ["x", "y"],
    total: null,
    files: { isPart: true },
  });
});

test("a preview shows the newest version and names it", async () => {
  for (const [version, value] of [
    ["2026-01-02T00.00.00.000Z", 2],
    ["2026-01-01T00.00.00.000Z", 1],
  ] as const)
    await write(`r.json/${version}/r.json`, JSON.stringify({ value }));
  expect(await preview({ type: "json", filepath: "r.json", versioned: true })).toMatchObject({
    rows: [["value", "2"]],
    files: { version: "2026-01-02T00.00.00.000Z" },
  });
});

test("a preview of a huge JSON file is its first letters; of a huge pickle, how much would be shown", async () => {
  await write("a.json", `["あ${"い".repeat(700_000)}"]`);
  const text = await preview({ type: "json", filepath: "a.json" });
  expect(text).toMatchObject({ kind: "text", files: { isPart: true } });
  expect(text?.kind === "text" && text.text.slice(0, 4)).toBe('["あい');
  await write("a.pkl", new Uint8Array(2_000_001));
  expect(await preview({ type: "pickle", filepath: "a.pkl", load_args: { as: "plain" } })).toMatchObject({
    kind: "tooLarge",
    maxBytes: 2_000_000,
  });
});

test("a preview of damaged files says what is wrong, from the project on", async () => {
  await write("a.json", "{ half");
  expect(await preview({ type: "json", filepath: "a.json" })).toMatchObject({ kind: "damaged" });
  await write("a.png", new Uint8Array(40).fill(9));
  expect(await preview({ type: "image", filepath: "a.png" })).toMatchObject({ kind: "damaged" });
  await mkdir(join(dir, "m"));
  await write("m/model.json", "[]");
  expect(await preview({ type: "tfjs_model", filepath: "m" })).toMatchObject({
    kind: "damaged",
    reason: expect.stringMatching(/^m\/model\.json: /),
  });
});

/** IDX images of 2x2, as MNIST has them. */
function idx(count: number, ink: number): Uint8Array {
  const bytes = new Uint8Array(16 + 4 * count).fill(ink, 16);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of [0x803, count, 2, 2].entries()) view.setUint32(4 * i, value);
  return bytes;
}

test("a preview of IDX files counts by their headers and says when one was cut off", async () => {
  const config = { type: "idx", filepath: "mnist" };
  await write("mnist/t10k-images-idx3-ubyte", idx(100, 7));
  await write("mnist/train-images-idx3-ubyte", idx(600, 7));
  expect(await preview(config)).toMatchObject({
    kind: "images",
    total: 700,
    files: { bytes: 2_832, isPart: true },
  });
  await truncate(join(dir, "mnist/train-images-idx3-ubyte"), 2_000);
  expect(await preview(config)).toMatchObject({
    kind: "damaged",
    reason: "mnist/train-images-idx3-ubyte has 2000 bytes, but its header requires 2416",
  });
  await write("mnist/train-images-idx3-ubyte", "no idx");
  expect(await preview(config)).toMatchObject({
    kind: "damaged",
    reason: expect.stringContaining("not an IDX file"),
  });
});

test("a preview of partitions is the names and sizes of the first, without hidden ones", async () => {
  for (let i = 10; i < 35; i++) await write(`parts/p${i}.csv`, "x\n1\n");
  await write("parts/deep/a.csv", "x\n");
  await write("parts/.hidden/b.csv", "x\n");
  await write("parts/other.txt", "x");
  const found = await preview({
    type: "partitioned",
    path: "parts",
    dataset: "csv",
    filename_suffix: ".csv",
  });
  expect(found).toMatchObject({ kind: "table", columns: ["partition", "bytes"], total: 26 });
  expect(found?.kind === "table" && [found.rows.length, found.rows[0], found.rows[1]]).toEqual([
    20,
    ["deep/a", "2"],
    ["p10", "4"],
  ]);
});

test("a preview of a model reads its description, and of the weights only their size", async () => {
  const artifacts: ModelArtifacts = {
    format: "layers-model",
    generatedBy: "test",
    modelTopology: { config: { layers: [{ class_name: "Dense", config: { name: "dense" } }] } },
    weightSpecs: [{ name: "dense/kernel", shape: [3, 2], dtype: "float32" }],
    weightData: new Float32Array(6).buffer,
    userDefinedMetadata: {
      classes: ["0", "1"],
      rows: 28,
      cols: 28,
      preprocessing: 1,
      architecture: "test",
      seed: 1,
      threads: 1,
    },
  };
  await writeModelFiles(join(dir, "m"), artifacts);
  // Not numbers: nobody reads them here.
  await write("m/weights.bin", new Uint8Array(24).fill(255));
  expect(await preview({ type: "tfjs_model", filepath: "m" })).toMatchObject({
    kind: "table",
    rows: [["dense", "Dense", "6"]],
  });
  await truncate(join(dir, "m/weights.bin"), 20);
  expect(await preview({ type: "tfjs_model", filepath: "m" })).toMatchObject({
    kind: "damaged",
    reason: "m: its weights have 20 bytes, but model.json requires 24",
  });
});
