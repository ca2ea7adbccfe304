import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sampleCommands } from "../../../src/commands/samples/import-export.ts";
import { lineageCommands } from "../../../src/commands/samples/lineage.ts";
import type { OnConflict } from "../../../src/domain/samples/sample-import.ts";
import { InputError } from "../../../src/lib/errors.ts";
import type { ImportedRow } from "../../../src/project/samples/import-result.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { runtime } from "../../support/run-project.ts";

const FIXTURES = join(import.meta.dir, "../../fixtures/cases");
const samples = sampleCommands(runtime);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tegaki-samples-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const newProject = () => mkdtemp(join(root, "project-"));

async function file(...rows: (object | string)[]): Promise<string> {
  const path = join(await mkdtemp(join(root, "file-")), "rows.ndjson");
  await Bun.write(path, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
  return path;
}

async function importInto(dir: string, path: string, onConflict: OnConflict = "fail") {
  const rows: ImportedRow[] = [];
  const counts = await samples.import({ dir, file: path, onConflict, onRow: (row) => rows.push(row) });
  return { ...counts, rows };
}

async function exported(dir: string): Promise<string[]> {
  const lines: string[] = [];
  await samples.export({
    dir,
    write: async (line) => {
      lines.push(line);
      return true;
    },
  });
  return lines;
}

const row = (n: number, change: object = {}) => {
  const { strokes, width: w, height: h } = drawingOf(n % 10, n + 1);
  return { label: String(n % 10), w, h, strokes, ...change };
};

describe("the files that people really had", () => {
  test("dup.ndjson, with each drawing twice, is 10 imported and 10 there already", async () => {
    const dir = await newProject();
    const { imported, known, rows } = await importInto(dir, join(FIXTURES, "dup.ndjson"));
    expect([imported, known]).toEqual([10, 10]);
    expect(rows.map(({ result }) => result)).toEqual([
      ...Array(10).fill("imported"),
      ...Array(10).fill("known"),
    ]);
    expect(await exported(dir)).toHaveLength(10);
  });

  test("bom.ndjson, which begins with a byte order mark, is 10 imported", async () => {
    expect((await importInto(await newProject(), join(FIXTURES, "bom.ndjson"))).imported).toBe(10);
  });
});

// Characters that have a meaning to some reader of lines, of JSON, of SQL or of Unicode, and any other.
const character = fc.oneof(
  fc.constantFrom(
    "\u2028",
    "\u2029",
    "\u0085",
    "\u0000",
    "\u200f",
    "\u202e",
    "\ufeff",
    "\n",
    "\r",
    '"',
    "\\",
    "'",
  ),
  fc.constantFrom("é", "e\u0301", "字", "👩🏽‍💻", "𝟜", "\ud7ff", "\ue000", "\uffff", "\u{10ffff}"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const name = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(""));
const point = fc.tuple(
  fc.double({ min: -9, max: 9, noNaN: true }),
  fc.double({ min: 0, max: 9, noNaN: true }),
  fc.integer({ min: 0, max: 9_999 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const ink = fc.oneof(
  fc
    .tuple(
      fc.array(fc.array(point, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 500 }),
    )
    .map(([strokes, w]) => ({ w: 10, h: w, strokes })),
  fc
    .array(fc.integer({ min: 0, max: 255 }), { minLength: 784, maxLength: 784 })
    .map((pixels) => ({ pixels: [255, ...pixels.slice(1)] })),
);
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const time = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const digit = fc.constantFrom("0", "3", "9");
const labelled = fc.oneof(
  fc.record({ state: fc.constantFrom("labelled", "rejected"), label: digit }),
  fc.record({ state: fc.constantFrom("negative", "rejected"), label: fc.constant(null) }),
);
const stored = fc
  .tuple(
    ink,
    labelled,
    fc.record({
      id: fc.uuid({ version: 7 }),
      writer: orNull(name),
      session: orNull(name),
      split: fc.constantFrom("train", "holdout"),
      predicted: orNull(digit),
      confidence: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
      model_version: orNull(fc.nat()),
      prediction_id: orNull(name),
      source: name,
      created_at: time,
      updated_at: time,
    }),
  )
  .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);

test("samples export, imported into an empty project and exported again, is the same bytes, for every text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stored, { minLength: 1, maxLength: 12 }), async (rows) => {
      const first = await newProject();
      await importInto(first, await file(...rows), "keep");
      const lines = await exported(first);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join("\n")).not.toMatch(/[\u2028\u2029\r]/);
      const second = await newProject();
      const again = await importInto(second, await file(...lines));
      expect([again.imported, again.known, again.other_side]).toEqual([lines.length, 0, 0]);
      expect(await exported(second)).toEqual(lines);
      // What is in already is known: an interrupted import can be repeated.
      const third = await importInto(second, await file(...lines));
      expect([third.imported, third.known]).toEqual([0, lines.length]);
    }),
    { seed: 22, numRuns: 25 },
  );
}, 60_000);

test("what came in as it stands goes out as it came in", async () => {
  const dir = await newProject();
  const text = "a\u2028b\u2029c\u0000d\u202e\ufeff";
  await importInto(dir, await file(row(1, { writer: text, session: text })));
  expect(JSON.parse((await exported(dir))[0]!)).toMatchObject({ writer: text, session: text });
});

test("no drawing changes its side when it is exported and imported, with and without a writer", async () => {
  const [first, second] = [await newProject(), await newProject()];
  const rows = Array.from({ length: 200 }, (_, n) => row(n, n % 2 === 0 ? {} : { writer: `w${n % 9}` }));
  await importInto(first, await file(...rows));
  const lines = await exported(first);
  await importInto(second, await file(...lines.toReversed()));
  const sides = (all: string[]) =>
    Object.fromEntries(all.map((line) => JSON.parse(line)).map(({ id, split }) => [id, split]));
  expect(sides(await exported(second))).toEqual(sides(lines));
  expect(new Set(Object.values(sides(lines)))).toEqual(new Set(["train", "holdout"]));
});

describe("a row whose drawing is stored with another label", () => {
  const rows = [row(0), row(1), row(2, { label: "7" })];

  async function projectWith2(): Promise<string> {
    const dir = await newProject();
    await importInto(dir, await file(row(2)));
    return dir;
  }

  test("imports nothing by default, and is told with both labels", async () => {
    const dir = await projectWith2();
    const result = await importInto(dir, await file(...rows));
    expect(result).toMatchObject({ imported: 0, known: 0, conflicts: 1 });
    expect(result.rows).toEqual([
      {
        at: 3,
        result: "conflict",
        stored_label: "2",
        file_label: "7",
        reason: "the drawing has another label",
      },
    ]);
    expect(await exported(dir)).toHaveLength(1);
  });

  test.each([
    ["keep", "2", { imported: 2, kept: 1 }],
    ["replace", "7", { imported: 2, replaced: 1 }],
  ] as const)("with %s leaves the label %s", async (onConflict, label, counts) => {
    const dir = await projectWith2();
    const result = await importInto(dir, await file(...rows), onConflict);
    expect(result).toMatchObject(counts);
    expect(result.rows[2]).toMatchObject({ at: 3, stored_label: "2", file_label: "7" });
    expect(JSON.parse((await exported(dir))[0]!).label).toBe(label);
  });

  test("is a conflict within one file as well, which leaves no store behind", async () => {
    const dir = await newProject();
    const result = await importInto(dir, await file(row(1), row(2), row(2, { label: "7" })));
    expect(result.rows.map(({ at, result: what }) => [at, what])).toEqual([[3, "conflict"]]);
    expect(await readdir(dir)).toEqual([]);
  });
});

const kept = { id: "019b0000-0000-7000-8000-000000000001" };
test.each([
  ["a label that is no class", row(1, { label: "x" }), /line 2: expected a label of the classes 0, 1/],
  [
    "half of a surrogate pair",
    JSON.stringify(row(1)).replace("{", '{"writer":"\\ud83d",'),
    /line 2: writer: expected Unicode/,
  ],
  [
    "an unknown side",
    row(1, { split: "test" }),
    /line 2: split: expected "train" or "holdout"; remove it .* found "test"/,
  ],
  ["a label and the state negative", row(1, { state: "negative" }), /line 2: label: expected null/],
  ["an unknown state", row(1, { state: "foo" }), /line 2: state: expected one of labelled, .* found "foo"/],
  [
    "an id that is none",
    row(1, { id: "nonsense" }),
    /line 2: id: expected an id as in "019b0.*; remove it .* found "nonsense"/,
  ],
  [
    "an unknown state, exported",
    row(1, { ...kept, state: "gone" }),
    /line 2: state: expected one of labelled/,
  ],
  [
    "a time that is none, exported",
    row(1, { ...kept, created_at: "today" }),
    /line 2: created_at: expected a time/,
  ],
  ["a confidence above 1, exported", row(1, { ...kept, confidence: 2 }), /line 2: confidence: /],
])("a file with %s is refused by line and field, and nothing is left behind", async (_, bad, message) => {
  const dir = await newProject();
  const error = await importInto(dir, await file(row(0), bad)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toMatch(message);
  expect(await readdir(dir)).toEqual([]);
});

test("fields of other programs that have a name of ours do not matter with a number as the id", async () => {
  const dir = await newProject();
  await importInto(dir, await file(row(1, { id: 7, created_at: 12, source: 5, confidence: "high" })));
  expect(JSON.parse((await exported(dir))[0]!)).toMatchObject({ source: "import", state: "labelled" });
});

test("a writer keeps the side of the store, and the rows that say otherwise are told", async () => {
  const [first, second] = [await newProject(), await newProject()];
  await importInto(first, await file(row(1, { writer: "ada", split: "holdout" })));
  await importInto(second, await file(row(2, { writer: "ada" })));
  const result = await importInto(second, await file(...(await exported(first))));
  expect(result).toMatchObject({ imported: 1, other_side: 1 });
  expect(result.rows[0]).toMatchObject({ split: "train", split_in_file: "holdout" });
});

test("an import leaves out forgotten drawings and says so, also when the file has another writer for them", async () => {
  const dir = await newProject();
  const path = await file(row(1, { writer: "ann" }), row(2, { writer: "bob" }));
  await importInto(dir, path);
  const { forget } = lineageCommands(runtime);
  await forget({ dir, whose: { writer: "ann" } });
  const again = await importInto(
    dir,
    await file(row(1, { writer: "someone" }), row(2, { writer: "bob" }), row(3)),
  );
  expect(again).toMatchObject({ imported: 1, known: 1, forgotten: 1, conflicts: 0 });
  expect(again.rows[0]).toEqual({
    at: 1,
    result: "forgotten",
    reason: "it was forgotten at its writer's request",
  });
  expect(await exported(dir)).toHaveLength(2);
});
