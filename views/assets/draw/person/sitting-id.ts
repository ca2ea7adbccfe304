import { SITTING_MS } from "../../../../src/domain/person.ts";
import { type Reader, readerIn, readerKey } from "../../reader.ts";

const KEY = "tegaki.sitting";

/** The environment of a sitting. */
export interface SittingParts {
  /** sessionStorage: another tab is another sitting; null where the browser does not provide it. */
  storage: Pick<Storage, "getItem" | "setItem"> | null;
  /** Who the page is of: a sitting of somebody else has ended. */
  reader: Reader;
  newId(): string;
  nowMs(): number;
}

/**
 * The sitting of whoever is drawing: a random id that stays the same until someone else draws or half an hour passes, also
 * when the page is loaded again. The server remembers the labels of a sitting for its next drawings, and shows them to
 * nobody who does not know its id.
 */
export class SittingId {
  readonly #parts: SittingParts;
  #id: string | null;
  #lastMs: number;

  constructor(parts: SittingParts) {
    this.#parts = parts;
    const stored = parse(parts.storage?.getItem(KEY) ?? null, parts.reader);
    this.#id = stored?.id ?? null;
    this.#lastMs = stored?.lastMs ?? 0;
  }

  /** The id for a request now, which continues the sitting or starts the next one. */
  current(): string {
    const now = this.#parts.nowMs();
    if (this.#id === null || now - this.#lastMs > SITTING_MS) this.#id = this.#parts.newId();
    this.#lastMs = now;
    this.#store();
    return this.#id;
  }

  /** Someone else draws from here on. */
  end(): void {
    this.#id = null;
    this.#store();
  }

  /** Where the browser stores nothing, the sitting lasts as long as the page. */
  #store(): void {
    try {
      const { reader: by, storage } = this.#parts;
      storage?.setItem(KEY, JSON.stringify({ id: this.#id, lastMs: this.#lastMs, ...(by && { by }) }));
    } catch {
      return;
    }
  }
}

function parse(text: string | null, reader: Reader): { id: string | null; lastMs: number } | null {
  try {
    const value = JSON.parse(text ?? "null") as { id?: unknown; lastMs?: unknown } | null;
    if (value !== null && readerKey(readerIn(value)) !== readerKey(reader)) return null;
    const isStored = typeof value?.id === "string" && typeof value.lastMs === "number";
    return isStored ? { id: value.id as string, lastMs: value.lastMs as number } : null;
  } catch {
    return null;
  }
}
