/** The cache's record of a node: one per node, the newest. */
export interface CachedNode {
  node: string;
  /** Represents its inputs' content, its parameters, catalog entries and code. */
  key: string;
  /** Content hashes of its saved outputs, by dataset name. */
  outputs: Record<string, string>;
}
