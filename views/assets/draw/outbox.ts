import type { Drawing } from "../../../src/domain/drawing.ts";
import { retryDelayMs } from "../backoff.ts";

/** The body of POST /api/v1/samples. */
export interface LabelBody extends Drawing {
  /** Absent when the state is "negative". */
  label?: string;
  state?: "negative";
  session: string;
  /** Absent in labels that an older page has left. */
  sitting?: string;
  prediction_id?: string;
  writer?: string;
}

/** One label that is being sent; `id` is its idempotency key. */
export interface OutboxEntry {
  id: string;
  body: LabelBody;
}

/** The result of one attempt to send a label. */
export type SendResult =
  | { kind: "stored"; sampleId: string }
  /** The server will never accept it. */
  | { kind: "refused"; reason: string }
  /** The server is unreachable or busy, or the result is unknown: try again. */
  | { kind: "retry" };

/** Callbacks of the outbox. */
interface OutboxEvents {
  stored(entry: OutboxEntry, sampleId: string): void;
  refused(entry: OutboxEntry, reason: string): void;
  /** Number of waiting labels, after each change; `isTroubled` when the last attempt failed. */
  changed(waiting: number, isTroubled: boolean): void;
}

/** The environment of an outbox. */
export interface OutboxParts {
  /** localStorage, or null where the browser does not provide it. */
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> | null;
  send(entry: OutboxEntry): Promise<SendResult>;
  /** Runs the action after the delay; returns a function that cancels it. */
  later(action: () => void, delayMs: number): () => void;
  random(): number;
  events: OutboxEvents;
}

const PREFIX = "tegaki.outbox.";

/**
 * Labels that the server has not acknowledged. Each is written to the browser's storage before it is sent and
 * removed only when the server has stored it, so closing the page loses none; each has its own key, so sending it
 * twice (a lost response, two tabs) stores it once. Sent one at a time, in the order in which they were added.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  #entries: OutboxEntry[] = [];
  readonly #inMemoryOnly = new Set<string>();
  /** Sent at least once: the server may have them, although it did not respond. */
  readonly #tried = new Set<string>();
  #isSending = false;
  #attempt = 0;
  #callOff: (() => void) | null = null;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#entries = readStored(parts.storage);
  }

  get waiting(): number {
    return this.#entries.length;
  }

  /** Number of labels that would be lost with the page, because the browser's storage refused them. */
  get unsaved(): number {
    return this.#inMemoryOnly.size;
  }

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    try {
      if (this.#parts.storage === null) throw new Error("no storage");
      this.#parts.storage.setItem(PREFIX + entry.id, JSON.stringify(entry));
    } catch {
      this.#inMemoryOnly.add(entry.id);
    }
    this.#report();
    this.#sendSoon();
  }

  /** Withdraws a label that was never sent. @returns false when the server may have it. */
  withdraw(id: string): boolean {
    if (this.#tried.has(id) || !this.#entries.some((entry) => entry.id === id)) return false;
    this.#remove(id);
    return true;
  }

  /** Tries to send now, for instance because the network is available again. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = null;
    void this.#sendAll();
  }

  /** Sends, unless a retry is scheduled because the server is unreachable. */
  #sendSoon(): void {
    if (this.#callOff === null) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
        this.#tried.add(entry.id);
        const result = await this.#parts.send(entry);
        if (result.kind === "retry") {
          this.#attempt += 1;
          this.#report();
          const delayMs = retryDelayMs(this.#attempt, this.#parts.random());
          this.#callOff = this.#parts.later(() => this.flush(), delayMs);
          return;
        }
        this.#attempt = 0;
        this.#remove(entry.id);
        if (result.kind === "stored") this.#parts.events.stored(entry, result.sampleId);
        else this.#parts.events.refused(entry, result.reason);
      }
    } finally {
      this.#isSending = false;
    }
  }

  #remove(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#inMemoryOnly.delete(id);
    this.#tried.delete(id);
    this.#parts.storage?.removeItem(PREFIX + id);
    this.#report();
  }

  #report(): void {
    this.#parts.events.changed(this.#entries.length, this.#attempt > 0);
  }
}

/** Labels that an earlier page left; unreadable entries are not ours. */
function readStored(storage: OutboxParts["storage"]): OutboxEntry[] {
  const entries: OutboxEntry[] = [];
  for (let i = 0; i < (storage?.length ?? 0); i++) {
    const key = storage!.key(i);
    if (key?.startsWith(PREFIX) !== true) continue;
    const entry = parseEntry(storage!.getItem(key));
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

function parseEntry(text: string | null): OutboxEntry | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    const isEntry = typeof value === "object" && value !== null && "id" in value && "body" in value;
    return isEntry ? (value as OutboxEntry) : null;
  } catch {
    return null;
  }
}
