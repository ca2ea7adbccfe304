import { describe, expect, test } from "bun:test";
import { deflateSync as zlib } from "node:zlib";
import { encode } from "fast-png";
import { FILE_FORMATS, type FileType } from "../../../src/datasets/formats/file-types.ts";
import type { Image } from "../../../src/datasets/formats/image-format.ts";
import type { DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { UsageError } from "../../../src/lib/errors.ts";

const bytesOf = (content: string | Uint8Array) =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;
const format = (type: FileType, options: Partial<DatasetConfig> = {}) =>
  FILE_FORMATS[type]({ type, ...options }, { classes: ["0", "1"] });
const read = (type: FileType, content: string | Uint8Array, options?: Partial<DatasetConfig>) =>
  format(type, options).read(bytesOf(content));
const write = (type: FileType, value: unknown, options?: Partial<DatasetConfig>) =>
  new TextDecoder().decode(bytesOf(format(type, options).write(value)));

describe("csv", () => {
  test("reads rows by column, with quotes, a byte order mark, CRLF and blank lines", () => {
    const text = '\ufeffname,note\r\nann,"a ""b"", c"\r\n\r\nbob,"two\nlines"\r\n';
    expect(read("csv", text)).toEqual([
      { name: "ann", note: 'a "b", c' },
      { name: "bob", note: "two\nlines" },
    ]);
  });

  test("reads numbers and booleans where types say so, empty fields as null, and other delimiters", () => {
    const load_args = { delimiter: ";", comment: "#", types: { n: "number", ok: "boolean" } };
    expect(read("csv", "# made by hand\nid;n;ok\na;1.5;true\n;;\n", { load_args })).toEqual([
      { id: "a", n: 1.5, ok: true },
      { id: null, n: null, ok: null },
    ]);
  });

  test("takes the columns from load_args when the first line is data", () => {
    expect(read("csv", "1,2\n3,4\n", { load_args: { columns: ["a", "b"] } })).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
    expect(read("csv", "")).toEqual([]);
    expect(read("csv", "a,b\n")).toEqual([]);
  });

  test("keeps a column named __proto__ an ordinary field", () => {
    const [row] = read("csv", "__proto__\nx\n") as object[];
    expect(Object.keys(row!)).toEqual(["__proto__"]);
  });

  test.each([
    ["a row that is too short", "a,b\n1\n", {}, /is not CSV: Invalid Record Length: .*line 2/],
    ["a quote that never ends", 'a\n"x\n', {}, /is not CSV: Quote Not Closed/],
    ["a column twice", "a,a\n1,2\n", {}, /has two columns named "a"/],
    [
      "an invalid number",
      "a\n1\nx\n",
      { types: { a: "number" } },
      /row 2, field "a": expected a number, found "x"/,
    ],
    [
      "an invalid boolean",
      "a\nyes\n",
      { types: { a: "boolean" } },
      /row 1, field "a": expected a boolean, found "yes"/,
    ],
    ["a type for no column", "a\n1\n", { types: { b: "number" } }, /has no column "b".*Its columns: a/],
    ["more fields than names", "1,2\n", { columns: ["a"] }, /has 2 fields per row, but 1 column names/],
  ])("refuses %s", (_, text, load_args, reason) => {
    expect(() => read("csv", text, { load_args })).toThrow(reason);
    expect(() => read("csv", text, { load_args })).toThrow(DatasetError);
  });

  test("writes what it reads back, in the order of the first row or of save_args.columns", () => {
    const rows = [
      { id: "a, b", n: 1.5, ok: true },
      { id: 'say "x"', n: null, ok: false },
    ];
    expect(write("csv", rows)).toBe('id,n,ok\n"a, b",1.5,true\n"say ""x""",,false\n');
    expect(read("csv", write("csv", rows), { load_args: { types: { n: "number", ok: "boolean" } } })).toEqual(
      rows,
    );
    const save_args = { columns: ["ok", "id", "n"], header: false, delimiter: "\t" };
    expect(write("csv", rows, { save_args })).toStartWith("true\ta, b\t1.5\n");
    expect(write("csv", [])).toBe("");
  });

  test.each<[string, unknown, RegExp]>([
    ["no list", { a: 1 }, /a table must be a list of rows, found object/],
    ["an invalid row", [{ a: 1 }, 2], /row 2: expected an object with a/],
    ["a missing field", [{ a: 1, b: 2 }, { a: 1 }], /row 2, field "b": is missing/],
    ["another field", [{ a: 1 }, { a: 1, c: 2 }], /row 2, field "c": is not a column. Columns: a/],
    [
      "not a number",
      [{ a: Number.NaN }],
      /row 1, field "a": expected a string, a finite number, .* found NaN/,
    ],
    ["a list in a field", [{ a: [1] }], /row 1, field "a": .* found a list/],
  ])("refuses to write %s", (_, value, reason) => {
    expect(() => write("csv", value)).toThrow(reason);
  });
});

describe("yaml", () => {
  test("refuses to write a whole number beyond 2^53, wherever it is", () => {
    expect(() => write("yaml", { m: [{ n: 2 ** 60 }] })).toThrow(/is beyond 2\^53 - 1 and would be rounded/);
    expect(write("yaml", { big: 1e300, safe: 2 ** 53 - 1 })).toContain("safe: 9007199254740991");
  });

  test("writes what it reads back, and takes anchors", () => {
    const value = { a: [1, "2", null, true], text: "x: y\nz" };
    expect(read("yaml", write("yaml", value, { save_args: { indent: 4 } }))).toEqual(value);
    expect(read("yaml", "a: &x [1]\nb: *x\n")).toEqual({ a: [1], b: [1] });
    expect(read("yaml", "a: &x {b: 1}\nc: {<<: *x, d: 2}\n")).toEqual({ a: { b: 1 }, c: { b: 1, d: 2 } });
    expect(read("yaml", "%YAML 1.1\n---\na: [no, 010]\n")).toEqual({ a: [false, 8] });
    expect(read("yaml", "a: [no, 010, 9007199254740991]\n")).toEqual({ a: ["no", 10, 9007199254740991] });
  });

  test.each([
    ["bad indentation", "a:\n- 1\n b: 2\n", /is not valid YAML: line \d/],
    ["a key twice", "a: 1\na: 2\n", /is not valid YAML: line 2, column 1: map keys must be unique/],
    [
      "an unknown tag",
      "a: !!python/object:os.system x\n",
      /is not valid YAML: line 1, column 4: unresolved tag/,
    ],
    ["two documents", "a: 1\n---\nb: 1\n", /is not valid YAML/],
    [
      "a whole number that would be rounded",
      "a: 1\nb: 9007199254740993\n",
      /line 2, column 4: 9007199254740993 is beyond/,
    ],
    [
      "aliases that multiply each other",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [${"*b,".repeat(30)}]\n`,
      /is not valid YAML: Excessive alias count/,
    ],
  ])("refuses %s", (_, text, reason) => {
    expect(() => read("yaml", text)).toThrow(reason);
  });

  test("refuses to write a function", () => {
    expect(() => write("yaml", () => 1)).toThrow("a function cannot be written as YAML");
  });
});

test("json takes the indentation of save_args", () => {
  expect(write("json", { a: 1 }, { save_args: { indent: 4 } })).toBe('{\n    "a": 1\n}\n');
});

test("text keeps a string unchanged, and rejects invalid UTF-8 and other values", () => {
  expect(read("text", write("text", "手書き\r\n"))).toBe("手書き\r\n");
  expect(() => read("text", new Uint8Array([0xff]))).toThrow("is not UTF-8 text");
  expect(() => write("text", 7)).toThrow("expected a string, found number");
});

test("metrics keeps finite numbers, lists of them and groups, and names any other figure", () => {
  const metrics = { accuracy: 0.99, loss: [0.5, 0.25], test: { n: 10 } };
  expect(read("metrics", write("metrics", metrics))).toEqual(metrics);
  expect(() => write("metrics", { a: { b: Number.NaN } })).toThrow("a.b must be a finite number, found NaN");
  expect(() => write("metrics", { a: [1, "x"] })).toThrow("a.1 must be a finite number, found x");
  expect(() => write("metrics", 3)).toThrow("metrics must be numbers by name, found 3");
  expect(() => read("metrics", '{"a": "high"}')).toThrow(
    'a must be a number, a list of numbers or numbers by name, found "high"',
  );
});

describe("image", () => {
  const grey: Image = { rows: 2, cols: 3, channels: 1, data: new Uint8Array([0, 50, 100, 150, 200, 255]) };
  const colour: Image = { rows: 1, cols: 2, channels: 3, data: new Uint8Array([255, 0, 0, 1, 2, 3]) };

  test("writes grey and colour images and reads them back", () => {
    for (const image of [
      grey,
      colour,
      { ...colour, cols: 1, channels: 4, data: new Uint8Array([1, 2, 3, 4]) },
    ]) {
      const file = format("image").write(image) as Uint8Array;
      expect([...file.subarray(1, 4)]).toEqual([..."PNG"].map((char) => char.charCodeAt(0)));
      expect(read("image", file) as unknown).toEqual(image);
    }
  });

  test("reads a palette as its colours, and one bit a pixel as black and white", () => {
    const palette = [
      [9, 8, 7],
      [1, 2, 3],
    ];
    // Written by hand: the library writes no palettes.
    const indexed = png({ width: 3, height: 1, depth: 1, colour: 3, palette }, [0, 0b01000000]);
    expect(read("image", indexed)).toEqual({
      rows: 1,
      cols: 3,
      channels: 3,
      data: new Uint8Array([9, 8, 7, 1, 2, 3, 9, 8, 7]),
    });
    const bits = png({ width: 9, height: 2, depth: 1, colour: 0 }, [0, 0b10000001, 0b10000000, 0, 0, 0]);
    const { data } = read("image", bits) as Image;
    expect([...data].map((value) => value / 255)).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 1, ...Array(9).fill(0)]);
  });

  test("refuses a file that is not a PNG, cut off, changed, of 16 bits, or larger than any image", () => {
    const file = format("image").write(grey) as Uint8Array;
    expect(() => read("image", "GIF89a")).toThrow("is not a PNG");
    for (let length = 33; length < file.length - 12; length++) {
      expect(() => read("image", file.subarray(0, length))).toThrow(/is not a valid PNG/);
    }
    const changed = file.slice();
    changed[45]! ^= 1;
    expect(() => read("image", changed)).toThrow(/is not a valid PNG/);
    const deep = encode({ width: 1, height: 1, channels: 1, depth: 16, data: new Uint16Array([7]) });
    expect(() => read("image", deep)).toThrow("has 16 bits per channel. Save it with 8");
    const huge = file.slice();
    new DataView(huge.buffer).setUint32(16, 1_000_000_000);
    expect(() => read("image", huge)).toThrow("is 1000000000x2 px, expected 1 to 67108864 pixels");
  });

  test.each<[string, unknown, RegExp]>([
    ["no image", null, /whole numbers of at least 1, found undefinedxundefined/],
    ["no rows", { ...grey, rows: 0 }, /found 0x3/],
    ["five channels", { ...grey, channels: 5 }, /1 to 4 channels, found 5/],
    [
      "too few bytes",
      { ...grey, data: new Uint8Array(5) },
      /the data of a 2x3 image must have 6 bytes, found 5 bytes/,
    ],
    ["a list for data", { ...grey, data: [1] }, /found object/],
  ])("refuses to write %s", (_, value, reason) => {
    expect(() => format("image").write(value)).toThrow(reason);
  });
});

test.each<[FileType, Partial<DatasetConfig>, RegExp]>([
  [
    "csv",
    { load_args: { delimeter: ";" } },
    /type csv has no "delimeter" in load_args. Did you mean "delimiter"\?/,
  ],
  ["csv", { load_args: { delimiter: ";;" } }, /load_args.delimiter: must be one character, found ";;"/],
  [
    "csv",
    { load_args: { types: { a: "int" } } },
    /load_args.types.a: must be text, number or boolean, found "int"/,
  ],
  ["csv", { save_args: { header: "no" } }, /save_args.header: must be true or false, found "no"/],
  ["json", { save_args: { indent: 0 } }, /save_args.indent: must be at least 1, found 0/],
  ["yaml", { save_args: { sort: true } }, /type yaml has no "sort" in save_args. Known arguments: indent/],
  ["pickle", { load_args: { as: "numbers" } }, /load_args.as: must be "mnist", "drawings" or "plain"/],
])("%s refuses arguments that mean nothing: %j", (type, options, reason) => {
  expect(() => format(type, options)).toThrow(UsageError);
  expect(() => format(type, options)).toThrow(reason);
});

test("pickle is only read", () => {
  expect(() => write("pickle", 1)).toThrow("pickles are read-only");
});

/** A PNG from its parts: the PNG specification, sections 5 and 11. */
function png(
  {
    width,
    height,
    depth,
    colour,
    palette,
  }: { width: number; height: number; depth: number; colour: number; palette?: number[][] },
  lines: number[],
): Uint8Array {
  const uint32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
  const chunk = (name: string, data: number[]) => {
    const body = [...bytesOf(name), ...data];
    return [...uint32(data.length), ...body, ...uint32(Bun.hash.crc32(new Uint8Array(body)))];
  };
  return new Uint8Array([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk("IHDR", [...uint32(width), ...uint32(height), depth, colour, 0, 0, 0]),
    ...(palette === undefined ? [] : chunk("PLTE", palette.flat())),
    ...chunk("IDAT", [...zlib(new Uint8Array(lines))]),
    ...chunk("IEND", []),
  ]);
}
