import { DatasetError } from "../../../engine/errors.ts";
import type { ArrayData, DType, NumpyArray } from "./value.ts";

interface Kind {
  dtype: DType;
  bytes: number;
  of(buffer: ArrayBuffer): ArrayData;
}

const KINDS: Readonly<Record<string, Kind>> = {
  b1: { dtype: "bool", bytes: 1, of: (buffer) => new Uint8Array(buffer) },
  u1: { dtype: "uint8", bytes: 1, of: (buffer) => new Uint8Array(buffer) },
  i1: { dtype: "int8", bytes: 1, of: (buffer) => new Int8Array(buffer) },
  u2: { dtype: "uint16", bytes: 2, of: (buffer) => new Uint16Array(buffer) },
  i2: { dtype: "int16", bytes: 2, of: (buffer) => new Int16Array(buffer) },
  u4: { dtype: "uint32", bytes: 4, of: (buffer) => new Uint32Array(buffer) },
  i4: { dtype: "int32", bytes: 4, of: (buffer) => new Int32Array(buffer) },
  u8: { dtype: "uint64", bytes: 8, of: (buffer) => new BigUint64Array(buffer) },
  i8: { dtype: "int64", bytes: 8, of: (buffer) => new BigInt64Array(buffer) },
  f2: {
    dtype: "float16",
    bytes: 2,
    of: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber),
  },
  f4: { dtype: "float32", bytes: 4, of: (buffer) => new Float32Array(buffer) },
  f8: { dtype: "float64", bytes: 8, of: (buffer) => new Float64Array(buffer) },
};

const MAX_DIMENSIONS = 32;

/** A numeric numpy dtype; the state that follows it in the file sets `isBigEndian`. */
export class DTypeValue {
  readonly kind: Kind;
  isBigEndian = false;

  /** @param code as in `numpy.dtype("u1")`. @throws DatasetError for objects, strings, records, dates, complex numbers. */
  constructor(code: unknown) {
    const kind = typeof code === "string" && Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
    if (kind === undefined) {
      const known = Object.values(KINDS).map(({ dtype }) => dtype);
      throw new DatasetError(
        `an array has the dtype ${JSON.stringify(code)}; only ${known.join(", ")} can be read`,
      );
    }
    this.kind = kind;
  }

  /** The state tuple: (version, byte order, subarray, names, fields, item size, alignment, flags[, metadata]). */
  setState(state: unknown): void {
    const [version, order, ...rest] = Array.isArray(state) ? state : [];
    if (
      typeof version !== "number" ||
      typeof order !== "string" ||
      !"<>|=".includes(order) ||
      order.length !== 1
    ) {
      throw new DatasetError("the state of a dtype is malformed");
    }
    if (rest.slice(0, 3).some((part) => part !== null)) {
      throw new DatasetError("an array has a dtype with fields; only plain numbers can be read");
    }
    this.isBigEndian = order === ">";
  }
}

/** An array, null until its state has been read. */
export class ArrayValue {
  array: NumpyArray | null = null;

  /** The state tuple: (version, shape, dtype, is Fortran order, raw bytes). */
  setState(state: unknown): void {
    const [version, shape, dtype, isFortran, raw] = Array.isArray(state) ? state : [];
    if (version !== 1 || !(dtype instanceof DTypeValue) || typeof isFortran !== "boolean") {
      throw new DatasetError("the state of an array is malformed");
    }
    this.array = buildArray(rawBytes(raw), dtype, checkedShape(shape), isFortran ? "F" : "C", null);
  }
}

/** Builds an array from the arguments of numpy's `_frombuffer`: (bytes, dtype, shape, order[, axis order]). */
export function arrayFromBuffer(args: readonly unknown[]): NumpyArray {
  const [raw, dtype, shape, order, axes = null] = args;
  if (!(dtype instanceof DTypeValue) || (order !== "C" && order !== "F" && order !== "K")) {
    throw new DatasetError("the arguments of an array are malformed");
  }
  return buildArray(rawBytes(raw), dtype, checkedShape(shape), order === "F" ? "F" : "C", axes);
}

/** Returns the number for the arguments of numpy's `scalar`: (dtype, bytes). */
export function scalarOf(args: readonly unknown[]): number | bigint | boolean {
  const [dtype, raw] = args;
  if (!(dtype instanceof DTypeValue)) throw new DatasetError("a numpy number is malformed");
  const value = buildArray(rawBytes(raw), dtype, [1], "C", null).data[0]!;
  if (dtype.kind.dtype === "bool") return value !== 0;
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function buildArray(
  raw: Uint8Array,
  dtype: DTypeValue,
  shape: number[],
  order: "C" | "F",
  axes: unknown,
): NumpyArray {
  const { kind, isBigEndian } = dtype;
  const count = shape.reduce((product, size) => product * size, 1);
  if (raw.length !== count * kind.bytes) {
    throw new DatasetError(
      `an array of shape (${shape.join(", ")}) and dtype ${kind.dtype} needs ${count * kind.bytes} bytes, found ${raw.length}`,
    );
  }
  const buffer = new Uint8Array(raw).buffer;
  if (isBigEndian && kind.bytes > 1) swapBytes(buffer, kind.bytes);
  const data = kind.of(buffer);
  if (order === "F") return { dtype: kind.dtype, shape, data: reordered(data, shape, fortranStrides(shape)) };
  if (axes === null) return { dtype: kind.dtype, shape, data };
  const order_ = checkedAxes(axes, shape.length);
  const strides = cStrides(shape);
  const turned = order_.map((axis) => shape[axis]!);
  return {
    dtype: kind.dtype,
    shape: turned,
    data: reordered(
      data,
      turned,
      order_.map((axis) => strides[axis]!),
    ),
  };
}

function rawBytes(raw: unknown): Uint8Array {
  if (raw instanceof Uint8Array) return raw;
  // Python 2 writes bytes as strings, one character per byte.
  if (typeof raw === "string") return latin1Bytes(raw);
  throw new DatasetError("an array has Python objects; only plain numbers can be read");
}

/** Returns one byte per character. @throws DatasetError for a character above 255. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) throw new DatasetError(`a byte string has the character ${code}, which is not a byte`);
    bytes[i] = code;
  }
  return bytes;
}

function checkedShape(shape: unknown): number[] {
  const sizes = Array.isArray(shape) ? (shape as unknown[]) : [shape];
  if (
    sizes.length > MAX_DIMENSIONS ||
    !sizes.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)
  ) {
    throw new DatasetError("the shape of an array must be a tuple of whole numbers of at least 0");
  }
  return sizes as number[];
}

function checkedAxes(axes: unknown, rank: number): number[] {
  const found: unknown[] = Array.isArray(axes) ? axes : [];
  const isPermutation = found.length === rank && found.toSorted().every((axis, i) => axis === i);
  if (!isPermutation) throw new DatasetError("the axes of an array must each be listed once");
  return found as number[];
}

function cStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

function fortranStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = 1; i < shape.length; i++) strides[i] = strides[i - 1]! * shape[i - 1]!;
  return strides;
}

/** Returns the values in row-major order of `shape`, read with these strides (in values). */
function reordered(data: ArrayData, shape: readonly number[], strides: readonly number[]): ArrayData {
  const result = data.slice() as ArrayData;
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    result[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

function swapBytes(buffer: ArrayBuffer, width: number): void {
  const bytes = new Uint8Array(buffer);
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** Converts the bits of an IEEE 754 binary16 number. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
