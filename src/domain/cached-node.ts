/** The cache's record of a node: one per node, the newest. */
export interface CachedNode {
  node: string;
  /** Hash of its inputs' content, its parameters and its code. */
  key: string;
  /** Content hashes of its saved outputs, by dataset name. */
  outputs: Record<string, string>;
}
