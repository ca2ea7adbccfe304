import { DatasetError } from "../../../engine/errors.ts";

/** A step of building an array, to which an allowed global of a pickle is mapped. None is ever called as code. */
export type Global = "reconstruct" | "frombuffer" | "scalar" | "ndarray" | "dtype" | "encode" | "bytes";

const GLOBALS: Readonly<Record<string, Global>> = {
  "numpy.core.multiarray _reconstruct": "reconstruct",
  "numpy._core.multiarray _reconstruct": "reconstruct",
  "numpy.core.numeric _frombuffer": "frombuffer",
  "numpy._core.numeric _frombuffer": "frombuffer",
  "numpy.core.multiarray scalar": "scalar",
  "numpy._core.multiarray scalar": "scalar",
  "numpy ndarray": "ndarray",
  "numpy dtype": "dtype",
  "_codecs encode": "encode",
  // Protocols 0 to 2 write empty bytes as a call of this.
  "__builtin__ bytes": "bytes",
  "builtins bytes": "bytes",
};

/** An allowed global on the stack. */
export class GlobalName {
  readonly meaning: Global;

  constructor(meaning: Global) {
    this.meaning = meaning;
  }
}

/** Returns an allowed global. @throws DatasetError for every name that is not needed to build an array. */
export function findGlobal(module: string, name: string): GlobalName {
  const key = `${module} ${name}`;
  if (Object.hasOwn(GLOBALS, key)) return new GlobalName(GLOBALS[key]!);
  throw new DatasetError(
    `it uses ${JSON.stringify(`${module}.${name}`)}; only numpy arrays, numbers, strings, bytes, lists, tuples and dicts can be read`,
  );
}
