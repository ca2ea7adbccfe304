/** A uint8 numpy array with its shape. */
interface ByteArray {
  shape: readonly number[];
  data: Uint8Array;
}

/** The result of `pickle.dumps((images, labels), protocol=3)` for two uint8 arrays, or for pairs of such pairs. */
export function pickled(value: Pickled): Uint8Array {
  return Buffer.concat([latin("\x80\x03"), bytesOf(value), latin(".")]);
}

/** An array, or a pair of such values. */
export type Pickled = ByteArray | readonly [Pickled, Pickled];

function bytesOf(value: Pickled): Buffer {
  if ("shape" in value) return arrayBytes(value);
  return Buffer.concat([bytesOf(value[0]), bytesOf(value[1]), latin("\x86")]);
}

/** `_reconstruct(ndarray, (0,), b"b")`, then its state: version, shape, dtype, C order, bytes. */
function arrayBytes({ shape, data }: ByteArray): Buffer {
  const empty = Buffer.concat([
    latin("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"),
    int(0),
    latin("\x85"),
    byteString(latin("b")),
    latin("\x87R"),
  ]);
  const dtype = Buffer.concat([
    latin("cnumpy\ndtype\n"),
    text("u1"),
    int(0),
    int(1),
    latin("\x87R("),
    int(3),
    text("|"),
    latin("NNN"),
    int(-1),
    int(-1),
    int(0),
    latin("tb"),
  ]);
  const state = [int(1), latin("("), ...shape.map(int), latin("t"), dtype, latin("\x89"), byteString(data)];
  return Buffer.concat([empty, latin("("), ...state, latin("tb")]);
}

function latin(value: string): Buffer {
  return Buffer.from(value, "latin1");
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write("J", "latin1");
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([sized("X", value.length), latin(value)]);
}

function byteString(value: Uint8Array): Buffer {
  return Buffer.concat([sized("B", value.length), value]);
}

function sized(opcode: string, length: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write(opcode, "latin1");
  bytes.writeUInt32LE(length, 1);
  return bytes;
}
