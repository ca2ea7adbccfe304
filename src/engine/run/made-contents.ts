import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { datasetOf } from "../pipeline/transcoding.ts";

/** The content, as a hash, of each dataset that a node of a pipeline outputs, as far as it is known. */
export class MadeContents {
  readonly #contents = new Map<string, string>();
  readonly #readers = new Map<string, Node[]>();
  /** Number of datasets that a node reads and whose content is not known, by node. */
  readonly #missing = new Map<Node, number>();

  constructor({ nodes }: Pipeline) {
    for (const output of nodes.flatMap((node) => node.outputs)) this.#readers.set(datasetOf(output), []);
    for (const node of nodes) {
      const read = [...new Set(node.inputs.map(datasetOf))].filter((dataset) => this.#readers.has(dataset));
      for (const dataset of read) this.#readers.get(dataset)!.push(node);
      this.#missing.set(node, read.length);
    }
  }

  /** Returns null while the content is not known. */
  get(dataset: string): string | null {
    return this.#contents.get(dataset) ?? null;
  }

  /**
   * Sets the content; null when it is not known.
   * @returns the readers of the dataset to evaluate again: those whose inputs are all known, if the content is another.
   */
  set(dataset: string, content: string | null): Node[] {
    const before = this.get(dataset);
    if (content === before) return [];
    if (content === null) this.#contents.delete(dataset);
    else this.#contents.set(dataset, content);
    const readers = this.#readers.get(dataset) ?? [];
    const change = content === null ? 1 : before === null ? -1 : 0;
    for (const reader of readers) this.#missing.set(reader, this.#missing.get(reader)! + change);
    return readers.filter((reader) => this.#missing.get(reader) === 0);
  }
}
