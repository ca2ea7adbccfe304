import type { HeardFrame } from "../../../src/graph/run-frame.ts";
import { retryDelayMs } from "../backoff.ts";

/** What a page does with its stream. */
export interface Listener {
  hear(seq: number, heard: HeardFrame): void;
  /** Whether the server answers now. */
  setOnline(isOnline: boolean): void;
}

/**
 * One stream a page, of all runs, and only while somebody sees the page: a browser opens few at a time, and tabs share
 * them. Whenever it is opened again (a server that was started anew, a tab that is looked at again, a page taken back
 * from the history) it goes on after the last event that was heard.
 */
export class RunEvents {
  readonly #path: string;
  readonly #listener: Listener;
  #seq: string;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  /** @param after the event up to which the page was drawn. */
  constructor(path: string, after: string, listener: Listener) {
    this.#path = path;
    this.#seq = after;
    this.#listener = listener;
    const follow = () => (document.visibilityState === "visible" ? this.#open() : this.#close());
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", follow);
    follow();
  }

  #open(): void {
    if (this.#source !== null) return;
    clearTimeout(this.#timer);
    const source = new EventSource(`${this.#path}?after=${this.#seq}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#attempts = 0;
      this.#listener.setOnline(true);
    });
    source.addEventListener("message", ({ data, lastEventId }) => {
      this.#seq = lastEventId;
      this.#listener.hear(Number(lastEventId), JSON.parse(data) as HeardFrame);
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      this.#listener.setOnline(false);
      // The browser comes back by itself from a lost connection, but not from an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) this.#retry();
    });
  }

  #retry(): void {
    this.#close();
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#open(), retryDelayMs(this.#attempts, Math.random()));
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
