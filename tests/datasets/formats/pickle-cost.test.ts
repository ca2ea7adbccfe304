import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { TEST_NEEDS } from "../../../src/build/test-needs.ts";
import { Budget } from "../../../src/datasets/formats/pickle/budget.ts";
import { parsePickle } from "../../../src/datasets/formats/pickle/parse.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { testNeeding } from "../../support/needing.ts";

const PARSER = join(import.meta.dir, "../../../src/datasets/formats/pickle/parse.ts");

/** A pickle of a start, one piece repeated to at least `size` bytes, and an end; each character is a byte. */
function pickleOf(piece: string, size: number, start = "", end = ""): Uint8Array {
  const count = Math.ceil(size / piece.length);
  return new Uint8Array(Buffer.from(`\x80\x04${start}${piece.repeat(count)}${end}.`, "latin1"));
}

/** The memory that reading took by the parser's own count, and whether it was refused for that. */
function costOf(bytes: Uint8Array): { spent: number; isRefused: boolean } {
  const budget = new Budget(bytes.length);
  let isRefused = false;
  try {
    parsePickle(bytes, budget);
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    isRefused = /far larger than the file/.test((error as Error).message);
  }
  return { spent: budget.spent, isRefused };
}

const MEGABYTE = 1024 * 1024;

/** What reading may take: 64 MB, and 24 bytes a byte for values and 8 for arrays; the last step may exceed it. */
const limitOf = (bytes: Uint8Array) => 64 * MEGABYTE + 33 * bytes.length;

/** Pieces that create as much as they can of few bytes. */
const DENSE = "} ] ) N\x85 }\x94 ]\x94 C\0 }K\x01K\x02s (d (l (t }]N".split(" ");

test.each(DENSE)("4 MB of %j are refused once they take 64 MB and 24 bytes a byte", (piece) => {
  const bytes = pickleOf(piece, 4 * MEGABYTE);
  const budget = new Budget(bytes.length);
  expect(() => parsePickle(bytes, budget)).toThrow(/far larger than the file/);
  expect(budget.spent).toBeLessThan(limitOf(bytes));
});

test.each([
  ["tuples of two numbers", "K\x01K\x02\x86", "(", "l"],
  ["points as lists", "]\x94(K\x01K\x02e", "](", "e"],
  ["points as dicts", "}\x94(\x8c\x01xK\x01\x8c\x01yK\x02u", "](", "e"],
  ["floats", "G\x3f\xf0\0\0\0\0\0\0", "](", "e"],
  ["short strings", "\x8c\x04abcd\x94", "](", "e"],
])("4 MB of %s, as Python writes them, are read", (_, piece, start, end) => {
  expect(costOf(pickleOf(piece, 4 * MEGABYTE, start, end)).isRefused).toBe(false);
});

/** All opcodes with short arguments, and bytes that are none. */
const OPCODES = [
  ..."N \x88 \x89 K\x01 M\x01\x02 J\x01\x02\x03\x04 I1\n L1L\n F1.5\n G\0\0\0\0\0\0\0\0 \x8a\x01\x05 S'a'\n V\u1234\n".split(
    " ",
  ),
  ..."U\x01a X\x01\0\0\0a \x8c\x01a C\x01a B\x01\0\0\0a ( 0 1 2 ) t \x85 \x86 \x87 ] l a e } d s u".split(
    " ",
  ),
  ..."p1\n q\x01 r\x02\0\0\0 r\xff\xff\xff\x7f \x94 g1\n h\0 h\x01 j\x02\0\0\0 cnumpy\ndtype\n \x93 R b \xff .".split(
    " ",
  ),
  "cnumpy.core.multiarray\n_reconstruct\n",
  "cnumpy\nndarray\n",
  "cnumpy.core.numeric\n_frombuffer\n",
  "\x8c\x02u1",
];
const pieces = fc
  .array(fc.constantFrom(...OPCODES), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(""));

test("any piece of opcodes, repeated to 2 MB, is read or refused within 64 MB and 33 bytes a byte", () => {
  fc.assert(
    fc.property(pieces, pieces, pieces, (start, piece, end) => {
      const bytes = pickleOf(piece, 2 * MEGABYTE, start, end);
      expect(costOf(bytes).spent).toBeLessThan(limitOf(bytes));
    }),
    { seed: 20261128, numRuns: 60 },
  );
}, 60_000);

testNeeding(
  TEST_NEEDS.linux,
  "19 MB of dicts take less than a gigabyte of this machine's memory",
  async () => {
    const script = `
    const { parsePickle } = await import(${JSON.stringify(PARSER)});
    try { parsePickle(new Uint8Array(19_000_000).fill(125)); } catch (error) { console.log(error.message); }
    console.log(await Bun.file("/proc/self/status").text());`;
    const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe", stderr: "inherit" });
    const printed = await new Response(child.stdout).text();
    expect(printed).toContain("far larger than the file");
    expect(Number(/VmHWM:\s+(\d+) kB/.exec(printed)![1])).toBeLessThan(MEGABYTE);
  },
);
