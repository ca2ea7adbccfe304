import { retryDelayMs } from "../backoff.ts";
import type { Reader, Waiting } from "../reader.ts";
import type { Retry, Trouble } from "../request.ts";
import { type EntryStorage, StoredEntries } from "../stored-entries.ts";
import type { AnyInk } from "./picture/any-ink.ts";
import type { Correction } from "./recent/meaning.ts";

/** The body of POST /api/v1/samples. */
export type LabelBody = AnyInk & LabelFields;

interface LabelFields {
  /** Absent when the state is "negative". */
  label?: string;
  state?: "negative";
  session: string;
  /** Absent in labels that an older page has left. */
  sitting?: string;
  prediction_id?: string;
  writer?: string;
}

/** One label or correction that is being sent; the `id` of a label is its idempotency key. */
export interface OutboxEntry {
  readonly id: string;
  /** The label to store; absent in a correction of a sample that the server has. */
  readonly body?: LabelBody;
  /** The sample, once the server has stored it. */
  sampleId?: string;
  /** The correction to send once it is stored: a later correction replaces this one. */
  correction?: Correction;
  /** It may have been sent, by this page or another: the server may have it, although it did not respond. */
  wasSent?: true;
  /** The writer has undone the label: whatever the server has of it is to be deleted. It stays so. */
  isUndone?: true;
}

/** An entry with a label. */
export type LabelEntry = OutboxEntry & { readonly body: LabelBody };

/** The result of one attempt to send a label. */
export type SendResult =
  | { kind: "stored"; sampleId: string }
  /** The server will never accept it. */
  | { kind: "refused"; reason: string }
  /** The server is unreachable or busy, nobody is logged in, the role is too small, or the result is unknown: try again. */
  | Retry;

/** The result of one attempt to correct a sample. */
export type CorrectResult = { kind: "corrected" } | Exclude<SendResult, { kind: "stored" }>;

/** The result of one attempt to delete a sample whose label was undone. */
export type DeleteResult = { kind: "deleted" } | Exclude<SendResult, { kind: "stored" }>;

/** Callbacks of the outbox. */
interface OutboxEvents {
  /** The label is stored. A correction that was given meanwhile is still to be sent. */
  stored(entry: LabelEntry, sampleId: string): void;
  refused(entry: LabelEntry, reason: string): void;
  corrected(sampleId: string): void;
  /** The sample keeps what it has. */
  notCorrected(sampleId: string, reason: string): void;
  /** Nothing is stored of a label that was undone. @param id of the label. */
  undone(id: string): void;
  /** The server keeps the sample, although its label was undone. */
  notUndone(id: string, reason: string): void;
  /** Another tab has ended an entry that this page has taken up: what the server has of it is not known here. */
  gone(id: string): void;
  /**
   * After each change, the number of labels and corrections that wait, and of labels that wait to be undone;
   * `isTroubled` when the last attempt failed, and `why` if the server has said so.
   */
  changed(waiting: number, isTroubled: boolean, undoing: number, why: Trouble | null): void;
}

/** The environment of an outbox. */
export interface OutboxParts {
  /** localStorage, or null where the browser does not provide it. */
  storage: EntryStorage | null;
  /** Who labels on this page: what others have left in the storage is neither sent nor changed. */
  reader: Reader;
  send(entry: LabelEntry): Promise<SendResult>;
  correct(sampleId: string, correction: Correction): Promise<CorrectResult>;
  /** Deletes a sample; one that no longer exists is deleted. */
  remove(sampleId: string): Promise<DeleteResult>;
  /** Runs the action after the delay; returns a function that cancels it. */
  later(action: () => void, delayMs: number): () => void;
  random(): number;
  events: OutboxEvents;
}

const PREFIX = "tegaki.outbox.";

/**
 * Labels and corrections that the server has not acknowledged. Each is written to the browser's storage before it is sent and
 * removed only when the server has stored it, so closing the page loses none; each has its own key, so sending it
 * twice (a lost response, two tabs) stores it once. Sent one at a time, in the order in which they were added; of
 * several corrections of one sample, the last one is sent. An undo is as durable as a label: it is in the same entry, or in
 * one of its own once the label is stored, and ends only when the server has nothing of it. Each is sent only from a page of
 * the reader under whom it was made.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  #entries: OutboxEntry[] = [];
  readonly #stored: StoredEntries<OutboxEntry>;
  /** Entries of an earlier page, which another tab may have taken up as well. */
  readonly #takenUp: ReadonlySet<string>;
  #isSending = false;
  #attempt = 0;
  #why: Trouble | null = null;
  #callOff: (() => void) | null = null;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#stored = new StoredEntries(
      parts.storage,
      PREFIX,
      (value) => "id" in value && ("body" in value || "sampleId" in value),
      parts.reader,
    );
    this.#entries = undoneFirst(this.#stored.all());
    this.#takenUp = new Set(this.#entries.map(({ id }) => id));
  }

  /** Number of labels and corrections that are to be stored. */
  get waiting(): number {
    return this.#entries.length - this.undoing;
  }

  /** The entries of other readers, who are not here. */
  get ofOthers(): Waiting[] {
    return this.#stored.ofOthers();
  }

  /** Number of undone labels of which the server has, or may have, something. */
  get undoing(): number {
    return this.#entries.filter(({ isUndone }) => isUndone === true).length;
  }

  /** Number of labels that would be lost with the page, because the browser's storage refused them. */
  get unsaved(): number {
    return this.#stored.unsaved;
  }

  /** Whether a label, or a correction of it, is waiting. @param sampleId null while it is not known. */
  has(id: string, sampleId: string | null): boolean {
    return this.#find(id, sampleId) !== undefined;
  }

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    this.#stored.save(entry);
    this.#report();
    this.#sendSoon();
  }

  /**
   * Corrects a label, which may still be waiting: it is then stored first, so that the history has both.
   * @param id of the label.
   * @param sampleId null while the server has not acknowledged the label.
   * @returns false when nothing is known of the label, or it was undone.
   */
  correct(id: string, sampleId: string | null, correction: Correction): boolean {
    const waiting = this.#find(id, sampleId);
    if (waiting?.isUndone) return false;
    if (waiting !== undefined) {
      waiting.correction = correction;
      this.#stored.save(waiting);
      this.#report();
      return true;
    }
    if (sampleId === null) return false;
    this.add({ id: `correction.${sampleId}`, sampleId, correction });
    return true;
  }

  /**
   * Undoes a label: one that was certainly never sent is removed, any other is deleted as soon as the server says what it
   * has of it, whatever happens until then.
   * @param id of the label.
   * @param sampleId null while the server has not acknowledged the label.
   * @returns "removed", "undoing", or "unknown" when nothing is known of the label.
   */
  undo(id: string, sampleId: string | null): "removed" | "undoing" | "unknown" {
    const waiting = this.#find(id, sampleId);
    if (waiting === undefined) {
      if (sampleId === null) return "unknown";
      this.add({ id, sampleId, isUndone: true });
      return "undoing";
    }
    if (waiting.sampleId === undefined && this.#wasNeverSent(waiting)) {
      this.#remove(waiting.id);
      return "removed";
    }
    waiting.isUndone = true;
    this.#stored.save(waiting);
    this.#report();
    return "undoing";
  }

  /** Tries to send now, for instance because the network is available again. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = null;
    void this.#sendAll();
  }

  #find(id: string, sampleId: string | null): OutboxEntry | undefined {
    return this.#entries.find(
      (entry) => entry.id === id || (sampleId !== null && entry.sampleId === sampleId),
    );
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
        if (!this.#takeOver(entry) && this.#takenUp.has(entry.id)) {
          this.#remove(entry.id);
          this.#parts.events.gone(entry.id);
          continue;
        }
        const retry = await this.#send(entry);
        this.#why = retry?.why ?? null;
        if (retry !== null) {
          this.#attempt += 1;
          this.#report();
          const delayMs = retryDelayMs(this.#attempt, this.#parts.random(), retry.afterMs);
          this.#callOff = this.#parts.later(() => this.flush(), delayMs);
          return;
        }
        this.#attempt = 0;
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** @returns when it must be tried again later; null when it need not. */
  async #send(entry: OutboxEntry): Promise<Retry | null> {
    const { sampleId } = entry;
    if (sampleId !== undefined) {
      return entry.isUndone ? this.#sendUndo(entry, sampleId) : this.#sendCorrection(entry, sampleId);
    }
    const label = entry as LabelEntry;
    if (entry.wasSent !== true) {
      entry.wasSent = true;
      this.#stored.save(entry);
    }
    const result = await this.#parts.send(label);
    this.#takeOver(entry);
    if (result.kind === "retry") return result;
    if (result.kind === "refused") {
      this.#remove(entry.id);
      if (entry.isUndone) this.#parts.events.undone(entry.id);
      else this.#parts.events.refused(label, result.reason);
      return null;
    }
    entry.sampleId = result.sampleId;
    if (entry.correction === undefined && !entry.isUndone) this.#remove(entry.id);
    else this.#stored.save(entry);
    if (!entry.isUndone) this.#parts.events.stored(label, result.sampleId);
    return null;
  }

  async #sendUndo(entry: OutboxEntry, sampleId: string): Promise<Retry | null> {
    const result = await this.#parts.remove(sampleId);
    if (result.kind === "retry") return result;
    this.#remove(entry.id);
    if (result.kind === "deleted") this.#parts.events.undone(entry.id);
    else this.#parts.events.notUndone(entry.id, result.reason);
    return null;
  }

  async #sendCorrection(entry: OutboxEntry, sampleId: string): Promise<Retry | null> {
    const correction = this.#latest(entry);
    const result =
      correction === null
        ? ({ kind: "corrected" } as const)
        : await this.#parts.correct(sampleId, correction);
    this.#takeOver(entry);
    if (result.kind === "retry") return result;
    // It was undone meanwhile, which is sent next.
    if (entry.isUndone) return null;
    // Another one was given meanwhile: it is sent next.
    if (correction !== null && entry.correction !== correction) return null;
    this.#remove(entry.id);
    if (result.kind === "corrected") this.#parts.events.corrected(sampleId);
    else this.#parts.events.notCorrected(sampleId, result.reason);
    return null;
  }

  /** Takes over what another tab did to an entry. @returns false when the entry is not in the storage. */
  #takeOver(entry: OutboxEntry): boolean {
    if (this.#stored.isInMemoryOnly(entry.id)) return true;
    const stored = this.#stored.get(entry.id);
    if (stored?.isUndone) entry.isUndone = true;
    return stored !== null;
  }

  /** Whether neither this page nor another can have sent it. */
  #wasNeverSent(entry: OutboxEntry): boolean {
    if (entry.wasSent) return false;
    if (this.#stored.isInMemoryOnly(entry.id)) return true;
    const stored = this.#stored.get(entry.id);
    return stored !== null && stored.wasSent !== true && stored.sampleId === undefined;
  }

  /** The correction to send, which another tab may have replaced; null when that tab has sent one. */
  #latest(entry: OutboxEntry): Correction | null {
    if (this.#stored.isInMemoryOnly(entry.id)) return entry.correction ?? null;
    const stored = this.#stored.get(entry.id);
    if (stored === null) return null;
    const isSame = JSON.stringify(stored.correction) === JSON.stringify(entry.correction);
    if (!isSame && stored.correction !== undefined) entry.correction = stored.correction;
    return entry.correction ?? null;
  }

  #remove(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#stored.remove(id);
    this.#report();
  }

  #report(): void {
    this.#parts.events.changed(this.waiting, this.#attempt > 0, this.undoing, this.#why);
  }
}

/**
 * Undone labels of an earlier page are sent first: the same ink may have been labelled again, and would otherwise be deleted
 * with the sample that it shares.
 */
function undoneFirst(entries: OutboxEntry[]): OutboxEntry[] {
  return entries.sort((a, b) => Number(b.isUndone === true) - Number(a.isUndone === true));
}
