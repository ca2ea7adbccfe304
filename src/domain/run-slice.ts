/** The flags of `tegaki run` that name a part of a pipeline, as run records write them. */
export const SLICE_NAMES = [
  "nodes",
  "from_nodes",
  "to_nodes",
  "from_inputs",
  "to_outputs",
  "tags",
  "namespaces",
] as const;
export type SliceName = (typeof SLICE_NAMES)[number];

/** A part of a pipeline: nodes that all of its flags leave. Empty for the whole. */
export type RunSlice = { readonly [name in SliceName]?: readonly string[] };

/** The words of a command line, flag by flag: `from_nodes: [a, b]` is `["--from-nodes", "a,b"]`. */
export function sliceWords(slice: RunSlice): [flag: string, names: string][] {
  return SLICE_NAMES.flatMap((name): [string, string][] => {
    const names = slice[name] ?? [];
    return names.length === 0 ? [] : [[`--${name.replaceAll("_", "-")}`, names.join(",")]];
  });
}

/** A word as a shell takes it. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
