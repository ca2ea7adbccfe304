/** A pipeline that can be run, as `tegaki registry` prints it. */
export interface PipelineSummary {
  name: string;
  /** Its file, relative to the project directory; null for a built-in pipeline. */
  file: string | null;
  /** Messages about outputs that no node reads and that are not saved. */
  warnings: string[];
  nodes: { name: string; inputs: string[]; outputs: string[]; tags: string[] }[];
}
