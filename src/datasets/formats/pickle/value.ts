/** The values of a numpy array, in the type that holds them exactly. float16 becomes float32. */
export type ArrayData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** The supported numpy dtypes. */
const DTYPES = [
  "bool",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
  "float16",
  "float32",
  "float64",
] as const;
/** The name of a numpy dtype. */
export type DType = (typeof DTYPES)[number];

/** A numpy array as plain data: always row-major and in this machine's byte order. */
export interface NumpyArray {
  dtype: DType;
  shape: number[];
  /** As many values as the shape requires; booleans as 0 and 1. */
  data: ArrayData;
}

/** A value of a pickle: tuples and lists as arrays, dicts as objects when all keys are strings, otherwise as maps. */
export type PickledValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | NumpyArray
  | PickledValue[]
  | { [key: string]: PickledValue }
  | Map<PickledValue, PickledValue>;
