import { DatasetError } from "../../../engine/errors.ts";

/** The values that a pickle stores to refer to them again. Python numbers them from 0, so most are kept in a list. */
export class Memo {
  readonly #dense: unknown[] = [];
  readonly #sparse = new Map<number, unknown>();

  set(key: number | undefined, value: unknown): void {
    const at = key ?? this.#dense.length + this.#sparse.size;
    if (at <= this.#dense.length) this.#dense[at] = value;
    else this.#sparse.set(at, value);
  }

  clear(): void {
    this.#dense.length = 0;
    this.#sparse.clear();
  }

  /** @throws DatasetError when nothing was stored under the key. */
  get(key: number): unknown {
    if (key < this.#dense.length) return this.#dense[key];
    if (!this.#sparse.has(key)) throw new DatasetError(`it recalls value ${key}, which was never stored`);
    return this.#sparse.get(key);
  }
}
