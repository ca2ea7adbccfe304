import { DatasetError } from "../../../engine/errors.ts";

/** What a pickle may name. Each stands for a step of building an array; none is ever called as code. */
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
  // How protocols 0 to 2 write the bytes of nothing.
  "__builtin__ bytes": "bytes",
  "builtins bytes": "bytes",
};

/** The place of an allowed name on the stack. */
export class GlobalName {
  constructor(readonly meaning: Global) {}
}

/** @throws DatasetError for every name that is not needed to build an array. */
export function findGlobal(module: string, name: string): GlobalName {
  const key = `${module} ${name}`;
  if (Object.hasOwn(GLOBALS, key)) return new GlobalName(GLOBALS[key]!);
  throw new DatasetError(
    `it asks for ${JSON.stringify(`${module}.${name}`)}; only numpy arrays, numbers, texts, bytes, lists, tuples and dicts are read`,
  );
}
