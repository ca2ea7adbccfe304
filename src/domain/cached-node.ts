/** What the cache knows of a node: one record each, the newest. */
export interface CachedNode {
  node: string;
  /** Hash of its inputs' content, its parameters and its code. */
  key: string;
  /** Content hashes of the outputs that it left, by dataset name. */
  outputs: Record<string, string>;
}
