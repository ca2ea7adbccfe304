import { type Reader, readerIn, readerKey, type Waiting } from "./reader.ts";

/** The part of the browser's storage that entries need. */
export type EntryStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * The entries of one reader in the browser's storage, each under a key of its own, with who it was made under (`by`).
 * Those of other readers stay as they are, and are only counted. One that the storage refuses lasts as long as the page,
 * and is counted.
 */
export class StoredEntries<Entry extends { readonly id: string }> {
  readonly #storage: EntryStorage | null;
  readonly #prefix: string;
  readonly #isEntry: (value: object) => boolean;
  readonly #reader: Reader;
  readonly #inMemoryOnly = new Set<string>();

  /**
   * @param storage null where the browser does not provide it.
   * @param prefix of the keys.
   * @param isEntry whether a stored object is one of these entries: others are ignored.
   * @param reader whose entries these are; an entry that names nobody is of null.
   */
  constructor(
    storage: EntryStorage | null,
    prefix: string,
    isEntry: (value: object) => boolean,
    reader: Reader = null,
  ) {
    this.#storage = storage;
    this.#prefix = prefix;
    this.#isEntry = isEntry;
    this.#reader = reader;
  }

  /** Number of entries that would be lost with the page. */
  get unsaved(): number {
    return this.#inMemoryOnly.size;
  }

  isInMemoryOnly(id: string): boolean {
    return this.#inMemoryOnly.has(id);
  }

  /** All entries of the reader, in no particular order. */
  all(): Entry[] {
    return this.#stored().flatMap(({ key, entry }) =>
      this.#isOwn(entry) && key === this.#key(entry.id) ? [entry] : [],
    );
  }

  /** Of each other reader, how many entries are in the storage. */
  ofOthers(): Waiting[] {
    const others = new Map<string, Waiting>();
    for (const { entry } of this.#stored()) {
      if (this.#isOwn(entry)) continue;
      const by = readerIn(entry);
      const key = readerKey(by);
      others.set(key, { by, n: (others.get(key)?.n ?? 0) + 1 });
    }
    return [...others.values()];
  }

  /** Null when the storage does not have it, or cannot be read. */
  get(id: string): Entry | null {
    const entry = this.#read(this.#key(id));
    return entry !== null && this.#isOwn(entry) ? entry : null;
  }

  save(entry: Entry): void {
    try {
      if (this.#storage === null) throw new Error("no storage");
      const by = this.#reader === null ? {} : { by: this.#reader };
      this.#storage.setItem(this.#key(entry.id), JSON.stringify({ ...entry, ...by }));
      this.#inMemoryOnly.delete(entry.id);
    } catch {
      this.#inMemoryOnly.add(entry.id);
    }
  }

  remove(id: string): void {
    this.#inMemoryOnly.delete(id);
    this.#storage?.removeItem(this.#key(id));
  }

  #isOwn(entry: Entry): boolean {
    return readerKey(readerIn(entry)) === readerKey(this.#reader);
  }

  /** Those of two readers never have the same key, also when they are about the same drawing. */
  #key(id: string): string {
    const reader = readerKey(this.#reader);
    return this.#prefix + (reader === "" ? id : `${reader}/${id}`);
  }

  #stored(): { key: string; entry: Entry }[] {
    const found: { key: string; entry: Entry }[] = [];
    for (let i = 0; i < (this.#storage?.length ?? 0); i++) {
      const key = this.#storage!.key(i);
      const entry = key?.startsWith(this.#prefix) ? this.#read(key) : null;
      if (key !== null && entry !== null) found.push({ key, entry });
    }
    return found;
  }

  #read(key: string): Entry | null {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(key) ?? "null");
      return typeof value === "object" && value !== null && this.#isEntry(value) ? (value as Entry) : null;
    } catch {
      return null;
    }
  }
}
