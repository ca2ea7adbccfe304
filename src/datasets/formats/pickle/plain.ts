import { DatasetError } from "../../../engine/errors.ts";
import { ArrayValue } from "./numpy.ts";
import type { NumpyArray, PickledValue } from "./value.ts";

const MAX_DEPTH = 100;
/** Shared values are counted once per reference, so that walking through the result takes limited time. */
const MAX_VALUES = 20_000_000;

interface Made {
  value: PickledValue;
  /** Number of values in it, including itself. */
  count: number;
  /** Number of levels in it, including itself. */
  depth: number;
}

/**
 * Converts the value that a pickle built to plain data. A shared value stays one object in the result.
 * @throws DatasetError for a value that is not data, a value within itself, and too many levels or values.
 */
export function toPlain(built: unknown): PickledValue {
  return new PlainMaker().make(built, 0).value;
}

class PlainMaker {
  readonly #made = new Map<unknown, Made | null>();

  make(built: unknown, level: number): Made {
    if (level > MAX_DEPTH) throw new DatasetError(`it nests deeper than ${MAX_DEPTH} levels`);
    if (built === null || typeof built !== "object") return leaf(built as PickledValue);
    const known = this.#made.get(built);
    if (known === null) throw new DatasetError("it has a value within itself");
    if (known !== undefined) {
      if (level + known.depth > MAX_DEPTH) throw new DatasetError(`it nests deeper than ${MAX_DEPTH} levels`);
      return known;
    }
    this.#made.set(built, null);
    const made = this.#convert(built, level);
    if (made.count > MAX_VALUES) throw new DatasetError(`it has more than ${MAX_VALUES} values`);
    this.#made.set(built, made);
    return made;
  }

  #convert(built: object, level: number): Made {
    if (built instanceof Uint8Array) return leaf(new Uint8Array(built));
    if (built instanceof ArrayValue) return leaf(arrayOf(built));
    if (isNumpyArray(built)) return leaf(built);
    const parts: Made[] = [];
    const convert = (part: unknown) => {
      const made = this.make(part, level + 1);
      parts.push(made);
      return made.value;
    };
    const value = Array.isArray(built)
      ? built.map(convert)
      : built instanceof Map
        ? dictOf(built, convert)
        : null;
    if (value === null) throw new DatasetError("it has the name of a function or a type, which is not data");
    return {
      value,
      count: parts.reduce((total, { count }) => total + count, 1),
      depth: parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0) + 1,
    };
  }
}

function dictOf(dict: Map<unknown, unknown>, convert: (part: unknown) => PickledValue): PickledValue {
  const entries = [...dict].map(([key, value]) => [convert(key), convert(value)] as const);
  const isObject = entries.every(([key]) => typeof key === "string");
  return isObject ? Object.fromEntries(entries as [string, PickledValue][]) : new Map(entries);
}

function arrayOf({ array }: ArrayValue): NumpyArray {
  if (array === null) throw new DatasetError("it has an array without its data");
  return array;
}

function isNumpyArray(value: object): value is NumpyArray {
  return "dtype" in value && "shape" in value && "data" in value;
}

function leaf(value: PickledValue): Made {
  return { value, count: 1, depth: 1 };
}
