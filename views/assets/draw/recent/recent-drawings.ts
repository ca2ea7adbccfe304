import type { LabelBody } from "../outbox.ts";
import type { Meaning } from "./meaning.ts";

/** Number of drawings that can be reached again. */
export const MAX_RECENT = 20;

const KEY = "tegaki.recent";

/** A drawing that was labelled in this sitting, in this tab. */
export interface Recent {
  /** The idempotency key of its label. */
  id: string;
  /** Null until the server has stored it. */
  sampleId: string | null;
  meaning: Meaning;
  /** uint8 [784] in base64, ink 255 on 0. */
  pixels: string;
  /** Whether its label or a correction has not reached the server yet. */
  isPending: boolean;
  /** The server's reason, when it has refused the label: then nothing is stored. */
  refused: string | null;
  /** The label as it was refused, so that the drawing can be sent again. */
  body: LabelBody | null;
}

/** The environment of the list. */
export interface RecentParts {
  /** sessionStorage: a reload keeps the list, another tab has its own; null where the browser does not provide it. */
  storage: Pick<Storage, "getItem" | "setItem"> | null;
  /** Called after each change. */
  changed(): void;
}

/**
 * The drawings that were labelled in this sitting, newest first, so that a label can be corrected after others have been
 * given. They are those of one sitting: whoever draws next does not see them.
 */
export class RecentDrawings {
  readonly #parts: RecentParts;
  #sitting: string;
  #all: Recent[];

  /** @param sitting the current one: what was stored in another is dropped. */
  constructor(parts: RecentParts, sitting: string) {
    this.#parts = parts;
    this.#sitting = sitting;
    const stored = parse(parts.storage?.getItem(KEY) ?? null);
    this.#all = stored?.sitting === sitting ? stored.all : [];
  }

  get all(): readonly Recent[] {
    return this.#all;
  }

  get(id: string): Recent | null {
    return this.#all.find((one) => one.id === id) ?? null;
  }

  /** Adds the newest; the first of another sitting removes those before. */
  add(recent: Recent, sitting: string): void {
    const before = sitting === this.#sitting ? this.#all : [];
    this.#sitting = sitting;
    this.#all = [recent, ...before].slice(0, MAX_RECENT);
    this.#store();
  }

  /** Changes one; nothing happens when it is no longer in the list. */
  change(id: string, change: Partial<Omit<Recent, "id" | "pixels">>): void {
    const index = this.#all.findIndex((one) => one.id === id);
    if (index < 0) return;
    this.#all = this.#all.with(index, { ...this.#all[index]!, ...change });
    this.#store();
  }

  remove(id: string): void {
    if (this.get(id) === null) return;
    this.#all = this.#all.filter((one) => one.id !== id);
    this.#store();
  }

  /** Someone else draws from here on. */
  clear(): void {
    this.#all = [];
    this.#store();
  }

  /** Where the browser stores nothing, or no more, the list lasts as long as the page. */
  #store(): void {
    try {
      this.#parts.storage?.setItem(KEY, JSON.stringify({ sitting: this.#sitting, all: this.#all }));
    } catch {
      // The list is a convenience: the labels themselves are in the outbox or on the server.
    }
    this.#parts.changed();
  }
}

/** Pixels in base64, for `Recent`. */
export function encodePixels(pixels: Uint8Array): string {
  return btoa(String.fromCharCode(...pixels));
}

/** The inverse of `encodePixels`. */
export function decodePixels(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function parse(text: string | null): { sitting: string; all: Recent[] } | null {
  try {
    const value = JSON.parse(text ?? "null") as { sitting?: unknown; all?: unknown } | null;
    const isStored = typeof value?.sitting === "string" && Array.isArray(value.all);
    return isStored ? (value as { sitting: string; all: Recent[] }) : null;
  } catch {
    return null;
  }
}
