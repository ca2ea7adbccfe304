/** The flags of `tegaki run` that select a slice of a pipeline, as written in run records. */
export const SLICE_NAMES = [
  "nodes",
  "from_nodes",
  "to_nodes",
  "from_inputs",
  "to_outputs",
  "tags",
  "namespaces",
] as const;
/** The name of one such flag. */
export type SliceName = (typeof SLICE_NAMES)[number];

/** A slice of a pipeline: the nodes that match all of its flags. Empty for the complete pipeline. */
export type RunSlice = { readonly [name in SliceName]?: readonly string[] };

/** Returns the command-line arguments, flag by flag: `from_nodes: [a, b]` becomes `["--from-nodes", "a,b"]`. */
export function sliceWords(slice: RunSlice): [flag: string, names: string][] {
  return SLICE_NAMES.flatMap((name): [string, string][] => {
    const names = slice[name] ?? [];
    return names.length === 0 ? [] : [[`--${name.replaceAll("_", "-")}`, names.join(",")]];
  });
}

/** Quotes a word for a POSIX shell, if it needs quotes. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
