export interface PipelineSummary {
  name: string;
  /** Its file, from the project directory; null for one that is built in. */
  file: string | null;
  /** In words: outputs that nobody reads and that are not kept. */
  warnings: string[];
  nodes: { name: string; inputs: string[]; outputs: string[]; tags: string[] }[];
}
