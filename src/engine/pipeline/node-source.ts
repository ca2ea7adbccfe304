/** The source code of a node's function, as its author wrote it. */
export interface NodeSource {
  file: string;
  /** 1-based; null when only the function's text is known. */
  line: number | null;
  code: string;
}
