import { expect, test } from "bun:test";
import fc from "fast-check";
import { csvFormat } from "../../../src/datasets/formats/csv-format.ts";
import type { DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { UsageError } from "../../../src/lib/errors.ts";

const format = (more: Partial<DatasetConfig> = {}) => csvFormat({ type: "csv", ...more });
const read = (text: string, more?: Partial<DatasetConfig>) =>
  format(more).read(new TextEncoder().encode(text)) as Record<string, unknown>[];
/** The values of a column with these cells. */
const column = (cells: string[], more?: Partial<DatasetConfig>) =>
  read(`x,y\n${cells.map((cell) => `${cell},0\n`).join("")}`, more).map(({ x }) => x);

test.each<[string, string[], unknown[]]>([
  ["whole numbers", ["250", "400", "-3", "0"], [250, 400, -3, 0]],
  ["fractions and exponents", ["1.5", ".5", "5.", "1e5", "1E-3", "-0.25"], [1.5, 0.5, 5, 1e5, 1e-3, -0.25]],
  ["numbers with spaces around them", [" 5", "6 ", "\t7"], [5, 6, 7]],
  ["numbers in quotes, which mean nothing", ['"5"', "6"], [5, 6]],
  ["numbers and empty cells", ["1", "", "3", " "], [1, null, 3, null]],
  ["only empty cells", ["", ""], [null, null]],
  ["texts and empty cells", ["a", "", " "], ["a", null, " "]],
  ["numbers and text", ["1", "2", "x"], ["1", "2", "x"]],
  ["leading zeros", ["007", "12"], ["007", "12"]],
  ["a leading zero before a point or a minus", ["01.5", "-07", "3"], ["01.5", "-07", "3"]],
  ["the largest exact integers", ["9007199254740991", "-9007199254740991"], [2 ** 53 - 1, 1 - 2 ** 53]],
  ["integers above 2^53", ["9007199254740993", "1"], ["9007199254740993", "1"]],
  ["numbers above the largest", ["1e400", "1"], ["1e400", "1"]],
  ["telephone numbers", ["+81312345678", "+5"], ["+81312345678", "+5"]],
  ["NaN", ["NaN", "1"], ["NaN", "1"]],
  ["NA and infinity", ["NA", "Infinity", "-inf"], ["NA", "Infinity", "-inf"]],
  ["separators of thousands", ["1_000", '"1,000"'], ["1_000", "1,000"]],
  ["other bases", ["0x10", "0b1", "0o7"], ["0x10", "0b1", "0o7"]],
  ["full-width and other digits", ["１２", "٣"], ["１２", "٣"]],
  ["dates and times", ["2026-11-28", "12:30"], ["2026-11-28", "12:30"]],
  ["booleans", ["true", "False", "TRUE", ""], [true, false, true, null]],
  ["booleans and numbers", ["true", "1"], ["true", "1"]],
  ["words for yes and no", ["yes", "no"], ["yes", "no"]],
])("csv infers the type of a column with %s", (_, cells, expected) => {
  expect(column(cells)).toEqual(expected);
});

test("the mean of three prices is a number, also behind a byte order mark and with another delimiter", () => {
  const rows = read("\ufeffprice;name\r\n250;a\r\n400;b\r\n100;c\r\n", { load_args: { delimiter: ";" } });
  const total = rows.reduce((sum, { price }) => sum + (price as number), 0);
  expect(total / rows.length).toBe(250);
});

test("load_args.types overrides what would be inferred, column by column", () => {
  const types = (type: string) => ({ load_args: { types: { x: type } } });
  expect(column(["1", "", "007"], types("text"))).toEqual(["1", "", "007"]);
  expect(column(["007", "+5", "", "1e3"], types("number"))).toEqual([7, 5, null, 1000]);
  expect(column(["1", "0", "true", ""], types("boolean"))).toEqual([true, false, true, null]);
  expect(read("x,constructor\n1,2\n", { load_args: { types: { constructor: "text" } } })).toEqual([
    { x: 1, constructor: "2" },
  ]);
});

test.each([
  ["x", "number", /row 1, field "x": expected a number, found "x"/],
  ["0x10", "number", /expected a number, found "0x10"/],
  ["NaN", "number", /expected a number, found "NaN"/],
  [
    "9007199254740993",
    "number",
    /found "9007199254740993", which a number cannot hold exactly. Set its type to text/,
  ],
  ["1e999", "number", /found "1e999", which a number cannot hold exactly/],
  ["yes", "boolean", /expected a boolean, found "yes"/],
])("a cell %j is refused as the %s that load_args.types names", (cell, type, reason) => {
  expect(() => column([cell], { load_args: { types: { x: type } } })).toThrow(reason);
});

test("types of a column that does not exist are refused, and types that are no mapping", () => {
  for (const name of ["z", "toString", "__proto__"]) {
    const types = Object.fromEntries([[name, "text"]]);
    expect(() => column(["1"], { load_args: { types } })).toThrow(`has no column "${name}"`);
  }
  expect(() => format({ load_args: { types: ["x"] } })).toThrow(UsageError);
  expect(() => format({ load_args: { types: { x: "date" } } })).toThrow(
    'load_args.types.x: must be text, number or boolean, found "date"',
  );
});

const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.startsWith("\ufeff"));
/** Columns of one kind each: their cells are read back as written, and so is null. */
const kinds: fc.Arbitrary<unknown>[] = [
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0),
  fc.boolean(),
  // Not empty, and not like a number or boolean.
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => `t${text}`),
];
const table = fc
  .tuple(
    fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
    fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
  )
  .chain(([names, stream]) => {
    const columns = names.map(
      (one) => [one, fc.option(kinds[stream.next().value as number]!, { freq: 4 })] as const,
    );
    const row = fc.tuple(...columns.map(([, cell]) => cell));
    const rows = fc.array(row, { minLength: 1, maxLength: 8 });
    return rows.map((all) => all.map((cells) => Object.fromEntries(names.map((one, i) => [one, cells[i]]))));
  });

test("csv reads back the tables that it writes: numbers, booleans, texts and null", () => {
  const forms = fc.constantFrom<Partial<DatasetConfig>>(
    {},
    { load_args: { delimiter: ";", quote: "'" }, save_args: { delimiter: ";", quote: "'" } },
    { load_args: { delimiter: "\t" }, save_args: { delimiter: "\t" } },
  );
  fc.assert(
    fc.property(table, forms, (rows, form) => {
      expect(read(format(form).write(rows) as string, form)).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});
