import { DatasetError } from "../../../engine/errors.ts";
import { DictValue } from "./machine.ts";
import { ArrayValue } from "./numpy.ts";
import type { NumpyArray, PickledValue } from "./value.ts";

const MAX_DEPTH = 100;
/** Shared values are counted once per reference, so that walking through the result takes limited time. */
const MAX_VALUES = 20_000_000;

/** The size of a converted value. */
interface Made {
  value: PickledValue;
  /** Number of values in it, including itself. */
  count: number;
  /** Number of levels in it, including itself. */
  depth: number;
}

/**
 * Converts the value that a pickle built to plain data. A shared value stays one object in the result. Lists are
 * converted in place, so that a large file is not in memory twice.
 *
 * @param shared the values that are in more than one place.
 * @throws DatasetError for a value that is not data, a value within itself, and too many levels or values.
 */
export function toPlain(built: unknown, shared: ReadonlySet<unknown>): PickledValue {
  return new PlainMaker(shared).make(built, 0).value;
}

class PlainMaker {
  readonly #shared: ReadonlySet<unknown>;
  readonly #made = new Map<unknown, Made | null>();

  constructor(shared: ReadonlySet<unknown>) {
    this.#shared = shared;
  }

  /** @param built a list, a dict or another object. */
  make(built: unknown, level: number): Made {
    if (level > MAX_DEPTH) throw new DatasetError(`it nests deeper than ${MAX_DEPTH} levels`);
    if (isLeaf(built)) return { value: built, count: 1, depth: 1 };
    if (!this.#shared.has(built)) return this.#counted(built, level);
    const known = this.#made.get(built);
    if (known === null) throw new DatasetError("it has a value within itself");
    if (known !== undefined) {
      if (level + known.depth > MAX_DEPTH) throw new DatasetError(`it nests deeper than ${MAX_DEPTH} levels`);
      return known;
    }
    this.#made.set(built, null);
    const made = this.#counted(built, level);
    this.#made.set(built, made);
    return made;
  }

  #counted(built: unknown, level: number): Made {
    const made = this.#convert(built, level);
    if (made.count > MAX_VALUES) throw new DatasetError(`it has more than ${MAX_VALUES} values`);
    return made;
  }

  #convert(built: unknown, level: number): Made {
    if (built instanceof Uint8Array) return { value: new Uint8Array(built), count: 1, depth: 1 };
    if (built instanceof ArrayValue) return { value: arrayOf(built), count: 1, depth: 1 };
    if (isNumpyArray(built)) return { value: built, count: 1, depth: 1 };
    const parts = Array.isArray(built) ? built : built instanceof DictValue ? built.items : null;
    if (parts === null) throw new DatasetError("it has the name of a function or a type, which is not data");
    const size = this.#convertAll(parts, level);
    const value = built instanceof DictValue ? dictOf(built) : (parts as PickledValue[]);
    return { value, ...size };
  }

  /** Replaces each part by its plain value. */
  #convertAll(parts: unknown[], level: number): Omit<Made, "value"> {
    let count = 1;
    let depth = 0;
    for (const [i, part] of parts.entries()) {
      if (isLeaf(part)) {
        count += 1;
        depth = Math.max(depth, 1);
        continue;
      }
      const made = this.make(part, level + 1);
      parts[i] = made.value;
      count += made.count;
      depth = Math.max(depth, made.depth);
    }
    return { count, depth: depth + 1 };
  }
}

function isLeaf(built: unknown): built is PickledValue {
  return built === null || typeof built !== "object";
}

/** @param items converted already. */
function dictOf({ items, isObject }: DictValue): PickledValue {
  const entries: [PickledValue, PickledValue][] = [];
  for (let i = 0; i < items.length; i += 2)
    entries.push([items[i], items[i + 1]] as [PickledValue, PickledValue]);
  return isObject ? Object.fromEntries(entries as [string, PickledValue][]) : new Map(entries);
}

function arrayOf({ array }: ArrayValue): NumpyArray {
  if (array === null) throw new DatasetError("it has an array without its data");
  return array;
}

function isNumpyArray(value: unknown): value is NumpyArray {
  return (
    typeof value === "object" && value !== null && "dtype" in value && "shape" in value && "data" in value
  );
}
