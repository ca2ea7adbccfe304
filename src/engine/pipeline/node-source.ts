/** The function of a node as somebody wrote it. */
export interface NodeSource {
  file: string;
  /** 1-based; null when only the function's text is known. */
  line: number | null;
  code: string;
}
