import type { HeardFrame } from "../../../src/graph/run-frame.ts";
import { retryDelayMs } from "../backoff.ts";
import { LOOK_MS, StreamPlace } from "../stream-place.ts";

/** Receives the events of the stream. */
export interface Listener {
  hear(seq: number, heard: HeardFrame): void;
  /** Reports whether the server is responding. */
  setOnline(isOnline: boolean): void;
}

/** How long a page without a place listens, in milliseconds. */
const LISTEN_MS = 500;

/**
 * One stream per page, of all runs, open only while the page is visible: a browser opens few streams at a time, and tabs
 * share them. A page without a place among them opens its stream briefly every few seconds. When it is opened again (after
 * a restart of the server, in a tab that becomes visible again, or in a page restored from the history), it continues after
 * the last received event.
 */
export class RunEvents {
  readonly #path: string;
  readonly #listener: Listener;
  #seq: string;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  readonly #place = new StreamPlace();

  /** @param after `seq` of the last event that the page contains. */
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
      // What was missed comes at once.
      if (!this.#place.take()) this.#timer = setTimeout(() => this.#rest(), LISTEN_MS);
    });
    source.addEventListener("message", ({ data, lastEventId }) => {
      this.#seq = lastEventId;
      this.#listener.hear(Number(lastEventId), JSON.parse(data) as HeardFrame);
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      this.#listener.setOnline(false);
      // The browser reconnects automatically after a lost connection, but not after a response that is not a stream.
      if (source.readyState === EventSource.CLOSED) this.#retry();
    });
  }

  #retry(): void {
    this.#close();
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#open(), retryDelayMs(this.#attempts, Math.random()));
  }

  #rest(): void {
    this.#close();
    this.#timer = setTimeout(() => this.#open(), LOOK_MS);
  }

  #close(): void {
    this.#place.leave();
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
