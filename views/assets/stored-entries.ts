/** The part of the browser's storage that entries need. */
export type EntryStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * Entries in the browser's storage, each under a key of its own. One that the storage refuses lasts as long as the page, and
 * is counted.
 */
export class StoredEntries<Entry extends { readonly id: string }> {
  readonly #storage: EntryStorage | null;
  readonly #prefix: string;
  readonly #isEntry: (value: object) => boolean;
  readonly #inMemoryOnly = new Set<string>();

  /**
   * @param storage null where the browser does not provide it.
   * @param prefix of the keys.
   * @param isEntry whether a stored object is one of these entries: others are ignored.
   */
  constructor(storage: EntryStorage | null, prefix: string, isEntry: (value: object) => boolean) {
    this.#storage = storage;
    this.#prefix = prefix;
    this.#isEntry = isEntry;
  }

  /** Number of entries that would be lost with the page. */
  get unsaved(): number {
    return this.#inMemoryOnly.size;
  }

  isInMemoryOnly(id: string): boolean {
    return this.#inMemoryOnly.has(id);
  }

  /** All entries, in no particular order. */
  all(): Entry[] {
    const entries: Entry[] = [];
    for (let i = 0; i < (this.#storage?.length ?? 0); i++) {
      const key = this.#storage!.key(i);
      if (key?.startsWith(this.#prefix) !== true) continue;
      const entry = this.get(key.slice(this.#prefix.length));
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  /** Null when the storage does not have it, or cannot be read. */
  get(id: string): Entry | null {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#prefix + id) ?? "null");
      return typeof value === "object" && value !== null && this.#isEntry(value) ? (value as Entry) : null;
    } catch {
      return null;
    }
  }

  save(entry: Entry): void {
    try {
      if (this.#storage === null) throw new Error("no storage");
      this.#storage.setItem(this.#prefix + entry.id, JSON.stringify(entry));
      this.#inMemoryOnly.delete(entry.id);
    } catch {
      this.#inMemoryOnly.add(entry.id);
    }
  }

  remove(id: string): void {
    this.#inMemoryOnly.delete(id);
    this.#storage?.removeItem(this.#prefix + id);
  }
}
