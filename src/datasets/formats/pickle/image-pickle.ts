import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../../digits/image-format.ts";

/*
 * The pickle that tegaki writes: `(x, y)`, two uint8 arrays of shape (n, 28, 28) and (n,), protocol 3, as numpy pickles
 * them. Lengths have a fixed width, so a file of n images can be written in parts before n is known, and recognised by
 * its first bytes and its size.
 *
 * Source: CPython, Lib/pickletools.py; numpy, ndarray.__reduce__.
 */

/** A string that Python drops again (POP) when it loads the file: pickles of other programs never start like this. */
const MARK = "tegaki samples";

const bytes = (...parts: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
const int = (value: number) => bytes("J", uint32(value >>> 0));
const text = (value: string) => bytes("X", uint32(value.length), value);

const HEAD = bytes("\x80\x03", text(MARK), "0");
/** `_reconstruct(ndarray, (0,), b"b")`: an array whose state follows. */
const EMPTY = bytes(
  "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n",
  ...[int(0), "\x85", "B", uint32(1), "b", "\x87R"],
);
const UINT8 = bytes(
  ...["cnumpy\ndtype\n", text("u1"), int(0), int(1), "\x87R("],
  ...[int(3), text("|"), "NNN", int(-1), int(-1), int(0), "tb"],
);
/** The state of an array up to its data: version, shape, dtype, C order, and the number of bytes. */
const stateOf = (...shape: number[]) =>
  bytes(
    ...["(", int(1), "(", ...shape.map(int), "t", UINT8, "\x89"],
    ...["B", uint32(shape.reduce((product, side) => product * side, 1))],
  );
const END_OF_STATE = "tb";

/** Returns the bytes before the pixels of `n` images. Their number does not depend on `n`. */
export function beforePixels(n: number): Uint8Array {
  return bytes(HEAD, EMPTY, stateOf(n, IMAGE_ROWS, IMAGE_COLS));
}

/** Returns the bytes after the pixels. */
export function afterPixels(labels: Uint8Array): Uint8Array {
  return bytes(END_OF_STATE, EMPTY, stateOf(labels.length), labels, END_OF_STATE, "\x86.");
}

/** The number of bytes from which `isImagePickle` recognises a file. */
export const HEAD_BYTES = beforePixels(0).length;

/**
 * Whether a file is a complete pickle of tegaki's, and nothing else.
 * @param head the first `HEAD_BYTES` bytes.
 * @param size of the file.
 */
export function isImagePickle(head: Uint8Array, size: number): boolean {
  const rest = size - HEAD_BYTES - afterPixels(new Uint8Array()).length;
  const n = rest / (IMAGE_PIXELS + 1);
  return Number.isInteger(n) && n >= 0 && Buffer.from(beforePixels(n)).equals(head);
}
