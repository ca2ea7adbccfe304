import { DatasetError } from "../errors.ts";
import type { Dataset } from "./dataset.ts";

/** Holds a value for later nodes of the same run. The value is not copied: a node that loads it must not change it. */
export class MemoryDataset implements Dataset {
  readonly isEphemeral = true;
  #held: { value: unknown } | null = null;

  async load(): Promise<unknown> {
    if (this.#held === null) {
      throw new DatasetError("it is held in memory only, and no node of this run has saved it");
    }
    return this.#held.value;
  }

  async save(value: unknown): Promise<void> {
    this.#held = { value };
  }

  async exists(): Promise<boolean> {
    return this.#held !== null;
  }

  describe(): Record<string, unknown> {
    return { type: "memory" };
  }

  release(): void {
    this.#held = null;
  }
}
