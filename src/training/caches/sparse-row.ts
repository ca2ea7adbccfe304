/*
 * Float32 rows in which most values are zero, such as activations after relu (four of five, after the pooling of the
 * base model), stored without their zeros and losslessly:
 *
 *   bytes 0 … 4·⌈W/32⌉ - 1   one bit per value, lowest bit first: 1 where the value is not +0
 *   after that               those values, float32, little-endian
 */

/** @param values any floats; their bits are preserved, including those of NaN and -0. */
export function packRow(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const masks = Math.ceil(values.length / 32);
  const packed = new Uint32Array(masks + values.length);
  let used = masks;
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === 0) continue;
    packed[i >>> 5]! |= 1 << (i & 31);
    packed[used++] = bits[i]!;
  }
  return new Uint8Array(packed.slice(0, used).buffer);
}

/**
 * Writes a packed row to `out`, starting at `offset`.
 * @param out must be zero in that range.
 * @throws {RangeError} when `packed` is not a row of `width` values; what `out` holds is undefined then.
 */
export function unpackRow(packed: Uint8Array, width: number, out: Float32Array, offset: number): void {
  const masks = Math.ceil(width / 32);
  if (packed.length % 4 !== 0 || packed.length < 4 * masks) throw notARow(packed, width);
  const words = wordsOf(packed);
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  let used = masks;
  for (let m = 0; m < masks; m++) {
    const at = offset + 32 * m;
    // Takes the lowest set bit until none is left.
    for (let mask = words[m]!; mask !== 0; mask &= mask - 1) {
      bits[at + 31 - Math.clz32(mask & -mask)] = words[used++]!;
    }
  }
  if (used !== words.length) throw notARow(packed, width);
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const isAligned = bytes.byteOffset % 4 === 0;
  return isAligned
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : new Uint32Array(bytes.slice().buffer);
}

function notARow(packed: Uint8Array, width: number): RangeError {
  return new RangeError(
    `Cannot unpack a row of ${width} values from ${packed.length} bytes: they do not fit`,
  );
}
